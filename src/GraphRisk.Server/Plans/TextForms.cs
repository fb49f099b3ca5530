using System.Runtime.CompilerServices;
using System.Text;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Server.Plans;

/// <summary>
/// What answers need to know of the texts of a column each time they hold them: how many characters they have, which the budget counts, and whether JSON has
/// them as they are. Found out at the first answer with a text and kept with the column, two bytes a row. Thread-safe: whoever finds it out finds the same.
/// </summary>
internal sealed class TextForms
{
    private const ushort Plain = 0x8000;
    private const int Longest = 0x7ffe;

    private static readonly ConditionalWeakTable<StringColumn, TextForms> ByColumn = [];

    /// <summary>By row 0 where it is not known yet, else characters and one, and whether it is plain.</summary>
    private readonly ushort[] forms;

    private TextForms(int rows) => forms = new ushort[rows];

    /// <summary>Those of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="rows">Rows it has.</param>
    public static TextForms Of(StringColumn column, int rows) => ByColumn.TryGetValue(column, out var known) ? known : ByColumn.GetValue(column, _ => new TextForms(rows));

    /// <summary>Characters of the text in a row, and whether JSON has it as it is.</summary>
    public (int Characters, bool IsPlain) Look(int row, ReadOnlySpan<byte> text)
    {
        var form = row < forms.Length ? forms[row] : 0;
        if (form != 0) return ((form & ~Plain) - 1, (form & Plain) != 0);
        var (characters, isPlain) = (Encoding.UTF8.GetCharCount(text), JsonText.IsPlain(text));
        if (row < forms.Length && characters <= Longest - 1) forms[row] = (ushort)((characters + 1) | (isPlain ? Plain : 0));
        return (characters, isPlain);
    }
}
