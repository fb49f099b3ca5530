using Spectre.Console;

namespace GraphRisk.Cli.Output;

/// <summary>Tables and notes on a text writer, in colour where it is a terminal.</summary>
internal sealed class Terminal
{
    private readonly IAnsiConsole console;

    public Terminal(TextWriter writer)
    {
        console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = 160;
    }

    /// <summary>Two columns of what and how much.</summary>
    public void WriteFigures(string title, IEnumerable<(string Name, string Value)> figures)
    {
        var table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded, ShowHeaders = false };
        table.AddColumn("what");
        table.AddColumn(new TableColumn("value").RightAligned());
        foreach (var (name, value) in figures) table.AddRow(Markup.Escape(name), Markup.Escape(value));
        console.Write(table);
    }

    /// <summary>A table with headings.</summary>
    /// <param name="title">What it is of.</param>
    /// <param name="headings">Over its columns.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="firstIsWhole">Never breaks the first column, since it is copied from.</param>
    public void WriteTable(string title, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows, bool firstIsWhole = false)
    {
        var table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded };
        foreach (var heading in headings) table.AddColumn(Markup.Escape(heading));
        if (firstIsWhole) table.Columns[0].NoWrap = true;
        foreach (var row in rows) table.AddRow([.. row.Select(Markup.Escape)]);
        console.Write(table);
    }

    /// <summary>A line of plain text.</summary>
    public void WriteLine(string text) => console.WriteLine(text);
}
