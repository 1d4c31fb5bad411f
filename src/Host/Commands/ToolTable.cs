using Spectre.Console;

namespace Actors.Host.Commands;

/// <summary>Rows of text under headings.</summary>
internal sealed class ToolTable(params string[] headings)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row with a cell for each heading. A number is written as text that a program can read.</summary>
    public void Add(params string[] cells)
    {
        if (cells.Length != headings.Length) throw new ArgumentException($"The row has {cells.Length} cells; expected {headings.Length}.", nameof(cells));
        _rows.Add(cells);
    }

    /// <summary>For a terminal. Text of strangers is escaped, both as markup and as control characters.</summary>
    public Table ForTerminal()
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var heading in headings) table.AddColumn(new TableColumn($"[bold]{Markup.Escape(heading)}[/]").NoWrap());
        foreach (var row in _rows) table.AddRow([.. row.Select(cell => Markup.Escape(Hosting.Handlers.EscapedText.Of(cell)))]);
        return table;
    }

    /// <summary>For a pipe: a line a row, with columns that begin at the same place.</summary>
    public void WritePlain(TextWriter writer)
    {
        var widths = headings.Select((heading, column) => _rows.Select(row => row[column].Length).Append(heading.Length).Max()).ToArray();
        foreach (var row in _rows.Prepend(headings))
            writer.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
