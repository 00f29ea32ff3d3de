"""The room of plans: from one pasted list to the fewest orders that a carrier accepts (DOMAIN 4).

``planner`` is the way of a whole list. What is known of each number is put together by ``told`` from ``facts`` and the
answers of ``portability``; ``screening`` takes out what cannot port, for ``obstacles``; ``sameness`` and ``parting``
say which numbers can share an order under the ``rules``, ``packing`` fills the fewest orders with them, and ``cuts``
are the reasons for each. A ``port_plan`` has ``planned`` orders; ``simplicity`` says which of them is simple,
``behind`` what stays on an account, ``cautions`` what is to be minded; ``plan_views`` show it.
"""
