using System.Globalization;
using System.Text.RegularExpressions;
using GraphRisk.Scoring.Metrics;

namespace GraphRisk.Scoring.Evaluation;

/// <summary>Finds out what the columns of a table are. Rules are tried from top to bottom; what a user says of a column comes first.</summary>
internal sealed partial class ColumnReader(TableMapping mapping, bool[] bad, int[] rows)
{
    /// <summary>AUC of the row number from which on a table counts as sorted by its outcome.</summary>
    internal const double SortedAuc = 0.9;

    private double? rowOrder;

    private const double LeakAuc = 0.9995;
    private const double SuspectAuc = 0.97;
    private const int FewNumbers = 20;
    private const string QuarterFormat = "quarter";

    private static readonly string[] DateFormats =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd", "yyyy-M-d", "yyyy/M/d", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ssZ",
        "yyyy-MM", "yyyy/MM", "dd/MM/yyyy", "MM/dd/yyyy", "d/M/yyyy", "M/d/yyyy", "dd.MM.yyyy", "dd-MM-yyyy", "dd-MMM-yyyy", "dd-MMM-yy", "MMM-yyyy", "MMM-yy", "d MMM yyyy", "yyyy年M月d日",
    ];

    internal ColumnFinding Read(ColumnCells column)
    {
        var said = mapping.Columns.GetValueOrDefault(column.Name);
        var facts = Facts.Of(column, rows);
        var (kind, note) = said?.Kind is { } stated ? (stated, null) : KindOf(column, facts);
        if (kind is ColumnKind.Number or ColumnKind.Category or ColumnKind.Date)
        {
            var auc = Math.Max(AucAlone(column, kind, facts), AucOfKnowing(column, facts));
            if (said?.Kind is null && (AucOfKnowing(column, facts) >= LeakAuc ? "is filled in for one outcome only, so after it; left out" : auc >= LeakAuc ? "says the outcome itself; left out" : LeakOf(column, facts)) is { } leak)
                (kind, note) = (ColumnKind.Leak, leak);
            else if (auc >= SuspectAuc)
                note = Invariant($"alone ranks the outcomes with AUC {auc:0.000}: is it known before the outcome?");
        }
        return new ColumnFinding(column.Name, kind, kind is ColumnKind.Number or ColumnKind.Date ? said?.Direction ?? 0 : 0, facts.Distinct, facts.Missing, facts.Infinite, WithInfinite(note, kind, facts));
    }

    /// <summary>What gives a column away that tells the outcome less than wholly: that it counts the rows of a table sorted by the outcome; null where it does not.</summary>
    private string? LeakOf(ColumnCells column, Facts facts)
    {
        var isCounted = facts.Words == 0 && facts.Missing == 0 && facts.Distinct > 0.5 * rows.Length && rows.Zip(rows.Skip(1)).All(pair => column.Number(pair.First) <= column.Number(pair.Second));
        return isCounted && RowOrderAuc >= SortedAuc ? Invariant($"grows with the row number, and the rows are sorted by the outcome (AUC of the row number {RowOrderAuc:0.000}); left out") : null;
    }

    /// <summary>How well it ranks the outcomes that a cell is filled in at all, at least 0.5; 0 where all or none are.</summary>
    private double AucOfKnowing(ColumnCells column, Facts facts) =>
        facts.Missing > 0 && facts.Known > 0 ? AucOf([.. rows.Select(row => column.IsMissing(row) ? 0.0 : 1)]) is var auc && auc < 0.5 ? 1 - auc : auc : 0;

    /// <summary>How well the place of a row in the table ranks the outcomes, at least 0.5: far above it the table is sorted by them.</summary>
    internal double RowOrderAuc => rowOrder ??= AucOf([.. rows.Select(row => (double)row)]) is var auc && auc < 0.5 ? 1 - auc : auc;

    private double AucOf(double[] risk) => AreaUnderCurve.Compute(risk, [.. rows.Select(row => bad[row])]);

    /// <summary>The note, and how many numbers are infinite: models take these for the greatest or least there is, not for missing.</summary>
    private static string? WithInfinite(string? note, ColumnKind kind, Facts facts)
    {
        if (facts.Infinite == 0 || kind is not (ColumnKind.Number or ColumnKind.Date)) return note;
        var infinite = Invariant($"{facts.Infinite} infinite value{(facts.Infinite == 1 ? "" : "s")}, not missing: taken as beyond every other");
        return note is null ? infinite : $"{note}; {infinite}";
    }

    /// <summary>Days since the year 1, or the number itself where cells are numbers; NaN where a cell is neither.</summary>
    internal static Func<int, double> Days(ColumnCells column)
    {
        var format = FormatOf(column);
        var days = column.Words.Select(word => DayOf(word, format)).ToArray();
        return row => column.Word(row) is >= 0 and var word ? days[word] : column.Number(row);
    }

    private (ColumnKind Kind, string? Note) KindOf(ColumnCells column, Facts facts)
    {
        if (facts.Known == 0) return (ColumnKind.Constant, "empty; left out");
        if (facts.Distinct == 1 && facts.Missing == 0) return (ColumnKind.Constant, $"always {column.Text(rows[0])}; left out");
        var isNamedId = IdName().IsMatch(column.Name);
        if (IsNamedClient(column, facts)) return (ColumnKind.Identifier, "names the client; left out");
        if (facts.Words == 0)
        {
            var isAllDifferent = facts.Distinct == facts.Known && facts.Missing == 0 && facts.AreIntegers && facts.Known >= 20;
            var isDense = facts.Greatest - facts.Least < 1.5 * facts.Known;
            if (isAllDifferent && (isDense || isNamedId)) return (ColumnKind.Identifier, "numbers the rows; left out");
            if (isNamedId && facts.AreIntegers && facts.Distinct > 0.5 * facts.Known) return (ColumnKind.Identifier, "is named like an identifier; left out");
            return (ColumnKind.Number, null);
        }
        if (facts.WordRows <= 0.05 * facts.Known && facts.Numbers > FewNumbers)
            return (ColumnKind.Number, Invariant($"{facts.WordRows} cells that are no numbers, such as '{facts.FirstWord}', count as not known"));
        if (FormatOf(column) is not null) return (ColumnKind.Date, "read as days");
        if (facts.Distinct == facts.Known && facts.Known >= 20 || isNamedId && facts.Distinct > 0.5 * facts.Known)
            return (ColumnKind.Identifier, "names the rows; left out");
        return facts.Distinct > 50 && facts.Distinct > 0.4 * facts.Known ? (ColumnKind.FreeText, "hardly two rows say the same; left out") : (ColumnKind.Category, null);
    }

    /// <summary>Whether a column is called like the client, and its values are many and no measurement: whole numbers, or texts.</summary>
    internal static bool IsNamedClient(ColumnCells column, int[] rows) => IsNamedClient(column, Facts.Of(column, rows));

    private static bool IsNamedClient(ColumnCells column, Facts facts) =>
        ClientName().IsMatch(column.Name) && facts.Distinct >= Math.Max(FewNumbers, facts.Known / 50) && (facts.Words > 0 ? facts.Numbers == 0 || facts.Words > facts.Numbers : facts.AreIntegers);

    /// <summary>How well the column alone ranks the outcomes; 0 where it says too little, or where each row has a level of its own.</summary>
    private double AucAlone(ColumnCells column, ColumnKind kind, Facts facts)
    {
        var valueOf = kind == ColumnKind.Date ? Days(column) : row => column.Word(row) < 0 ? column.Number(row) : double.NaN;
        var known = rows.Where(row => !column.IsMissing(row) && (kind == ColumnKind.Category || !double.IsNaN(valueOf(row)))).ToArray();
        if (known.Length < 0.9 * rows.Length || kind == ColumnKind.Category && facts.Distinct > known.Length / 10) return 0;
        bool[] outcomes = [.. known.Select(row => bad[row])];
        double[] risk;
        if (kind == ColumnKind.Category)
        {
            var rates = known.GroupBy(column.Text, StringComparer.Ordinal).ToDictionary(level => level.Key, level => level.Average(row => bad[row] ? 1.0 : 0.0), StringComparer.Ordinal);
            risk = [.. known.Select(row => rates[column.Text(row)])];
        }
        else
        {
            risk = [.. known.Select(row => (double)(float)valueOf(row))];
        }
        var auc = AreaUnderCurve.Compute(risk, outcomes);
        return double.IsNaN(auc) ? 0 : Math.Max(auc, 1 - auc);
    }

    /// <summary>The format under which nearly all texts of a column are days, or null.</summary>
    private static string? FormatOf(ColumnCells column)
    {
        if (column.Words.Count == 0) return null;
        var sample = column.Words.Take(2_000).ToArray();
        return DateFormats.Append(QuarterFormat).FirstOrDefault(format => sample.Count(word => !double.IsNaN(DayOf(word, format))) >= 0.95 * sample.Length);
    }

    private static double DayOf(string text, string? format)
    {
        if (format == QuarterFormat)
        {
            if (Quarter().Match(text) is not { Success: true } quarter) return double.NaN;
            return new DateOnly(int.Parse(quarter.Groups[1].Value, CultureInfo.InvariantCulture), 3 * int.Parse(quarter.Groups[2].Value, CultureInfo.InvariantCulture), 1).DayNumber;
        }
        return format is not null && DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AdjustToUniversal, out var day)
            ? day.Subtract(DateTime.MinValue).TotalDays
            : double.NaN;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(id|index|key|uuid|guid|unnamed.*|.*[_\s.-](id|key|uuid|no|nr|number)|.*[a-z](ID|Id))$", RegexOptions.ExplicitCapture)]
    private static partial Regex IdName();

    [GeneratedRegex(
        @"^((client|customer|borrower|obligor|debtor|applicant|counterparty)([_\s.-]?(id|key|code|no|nr|num|number|ref|name))?|(account|member|person|company|firm|cust|acct)[_\s.-]?(id|key|code|no|nr|num|number|ref)|客户号?|客户(编号|代码|名称)|账号)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex ClientName();

    [GeneratedRegex(@"^(\d{4})[-\s]?Q([1-4])$", RegexOptions.IgnoreCase)]
    private static partial Regex Quarter();

    /// <summary>What is counted of a column.</summary>
    private sealed record Facts(int Known, int Missing, int Infinite, int Distinct, int Words, int WordRows, int Numbers, string? FirstWord, bool AreIntegers, double Least, double Greatest)
    {
        public static Facts Of(ColumnCells column, int[] rows)
        {
            var (numbers, words, wordRows, missing, infinite) = (new HashSet<double>(), new HashSet<int>(), 0, 0, 0);
            var areIntegers = true;
            foreach (var row in rows)
            {
                if (column.Word(row) is >= 0 and var word)
                {
                    words.Add(word);
                    wordRows++;
                }
                else if (column.IsMissing(row))
                {
                    missing++;
                }
                else
                {
                    numbers.Add(column.Number(row));
                    infinite += float.IsInfinity((float)column.Number(row)) ? 1 : 0;
                    areIntegers &= double.IsInteger(column.Number(row));
                }
            }
            return new Facts(
                rows.Length - missing, missing, infinite, numbers.Count + words.Count, words.Count, wordRows, numbers.Count,
                words.Count == 0 ? null : column.Words[words.Min()], areIntegers, numbers.DefaultIfEmpty(0).Min(), numbers.DefaultIfEmpty(0).Max());
        }
    }
}
