using System.Globalization;

namespace GraphRisk.Scoring.Evaluation;

/// <summary>One column of a table as it is read: numbers where cells are numbers, else a code per distinct text.</summary>
internal sealed class ColumnCells(string name)
{
    private static readonly HashSet<string> Missing =
        new(["", "?", "na", "n/a", "#n/a", "nan", "null", "nil", ".", "-", "--", "#null!", "<na>"], StringComparer.OrdinalIgnoreCase);

    private readonly List<double> numbers = [];
    private readonly List<int> texts = []; // code of the text, -1 for a number or nothing
    private readonly Dictionary<string, int> codes = new(StringComparer.Ordinal);
    private readonly List<string> words = [];

    public string Name { get; } = name;

    public int Rows => numbers.Count;

    /// <summary>Distinct texts that are no numbers, in order of appearance.</summary>
    public IReadOnlyList<string> Words => words;

    /// <summary>The number, or NaN where there is none.</summary>
    public double Number(int row) => numbers[row];

    public bool IsMissing(int row) => texts[row] < 0 && double.IsNaN(numbers[row]);

    /// <summary>The cell as text, numbers written in one way; empty where there is nothing.</summary>
    public string Text(int row) =>
        texts[row] >= 0 ? words[texts[row]] : double.IsNaN(numbers[row]) ? "" : numbers[row].ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Code of the text of a row, -1 where it is a number or nothing.</summary>
    public int Word(int row) => texts[row];

    public void Add(ReadOnlySpan<char> cell)
    {
        var text = cell.Trim();
        if (text.Length <= 6 && Missing.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text))
        {
            numbers.Add(double.NaN);
            texts.Add(-1);
        }
        else if (TryNumber(text, out var number))
        {
            numbers.Add(number);
            texts.Add(-1);
        }
        else
        {
            numbers.Add(double.NaN);
            var lookup = codes.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!lookup.TryGetValue(text, out var code))
            {
                code = words.Count;
                words.Add(text.ToString());
                codes.Add(words[code], code);
            }
            texts.Add(code);
        }
    }

    /// <summary>A number as tables write them: thousands apart by commas, a currency before, a percent sign after.</summary>
    internal static bool TryNumber(ReadOnlySpan<char> text, out double number)
    {
        const NumberStyles Style = NumberStyles.Float | NumberStyles.AllowThousands;
        if (text.Length > 1 && text[0] is '$' or '¥' or '€' or '£' or '￥') text = text[1..].TrimStart();
        var isPercent = text.Length > 1 && text[^1] == '%';
        if (isPercent) text = text[..^1];
        if (double.TryParse(text, Style, CultureInfo.InvariantCulture, out number))
        {
            if (isPercent) number /= 100;
            return !double.IsNaN(number);
        }
        var isInfinite = text.Equals("inf", StringComparison.OrdinalIgnoreCase) || text.Equals("+inf", StringComparison.OrdinalIgnoreCase);
        var isNegative = text.Equals("-inf", StringComparison.OrdinalIgnoreCase);
        number = isInfinite ? double.PositiveInfinity : isNegative ? double.NegativeInfinity : double.NaN;
        return isInfinite || isNegative;
    }
}
