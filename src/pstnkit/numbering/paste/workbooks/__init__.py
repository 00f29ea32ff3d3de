"""The closet of workbooks: opening a file of a spreadsheet that somebody else made, without coming to harm.

The reader of workbooks is a library of its own (extra ``excel``) that trusts what a file says of itself. It makes a
dense grid of a sheet, however far apart its cells stand; it copies a text once for every cell that refers to it; it
reserves as much memory as a header names, and ends the whole process if there is not so much. So no file gets there as
it came. ``packages`` and ``compound`` take out of its container what is to be read and put it into a clean one;
``xlsx``, ``xlsb``, ``ods`` and ``xls`` measure what it will take, in memory that grows with the file only; and
``reading`` calls the library.
"""
