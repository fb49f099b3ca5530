using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;
using GraphRisk.Cli.Output;

namespace GraphRisk.Cli.Input;

/// <summary>
/// A CSV file with a header, read row by row: commas, semicolons or tabs, quotes after RFC 4180, UTF-8 or GB 18030. Every complaint
/// names file, line, field and reason.
/// </summary>
internal sealed partial class HeadedTable : IDisposable
{
    /// <summary>No number is further from 0: sums and products of such numbers stay numbers.</summary>
    public const double Greatest = 1e18;

    /// <summary>No number but 0 is nearer to 0, so that none divided by another leaves the numbers.</summary>
    public const double Least = 1e-30;

    private const string IsoDay = "yyyy-MM-dd";

    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    private readonly string path;
    private readonly CsvParser parser;
    private readonly string[] header;

    public HeadedTable(string path)
    {
        this.path = path;
        if (!File.Exists(path)) throw new UserErrorException($"{path}: there is no such file.");
        var first = FirstLine() ?? throw new UserErrorException($"{path}: the file is empty; its first line names the columns.");
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = Delimiters.MaxBy(one => first.Count(letter => letter == one)).ToString(),
            TrimOptions = TrimOptions.Trim,
            BadDataFound = bad => throw new UserErrorException($"{path}, line {bad.Context.Parser!.RawRow}: a quote stands where none may."),
        };
        parser = new CsvParser(SourceText.Open(path), configuration);
        header = ReadRow() ? parser.Record! : [];
        if (header.GroupBy(HeadingRole.Plain).Where(alike => alike.Key.Length > 0).FirstOrDefault(alike => alike.Count() > 1) is { } twice)
            throw new UserErrorException($"{path}, line 1: there are {twice.Count()} columns '{string.Join("' and '", twice)}'; which of them counts is not known.");
    }

    /// <summary>Line of the current row, from 1.</summary>
    public int Line => parser.RawRow;

    /// <summary>Whether there is a column of a role.</summary>
    public bool Has(HeadingRole role) => role.In(header) >= 0;

    /// <summary>The columns that none of some roles takes, as they are headed.</summary>
    public IReadOnlyList<string> Besides(IEnumerable<HeadingRole> roles)
    {
        var taken = roles.Select(role => role.In(header)).ToHashSet();
        return [.. header.Where((name, column) => name.Length > 0 && !taken.Contains(column))];
    }

    /// <summary>Whether the two roles are there and are not one and the same column.</summary>
    public bool HasApart(HeadingRole role, HeadingRole other) => Has(role) && role.In(header) != other.In(header);

    /// <summary>Number of the column of a role.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public int Require(HeadingRole role) => role.In(header) is var column and >= 0 ? column : throw new UserErrorException(
        $"{path}, line 1: there is no column '{role.Name}' (or {string.Join(", ", role.Others)}); there are {string.Join(", ", header)}.");

    /// <summary>Goes to the next row that is not empty.</summary>
    public bool Next() => Next(out var fault) && (fault is null ? true : throw fault);

    /// <summary>Goes to the next row that is not empty; one with too few fields or too many can be passed over.</summary>
    public bool Next(out UserErrorException? fault)
    {
        fault = null;
        if (!ReadRow()) return false;
        if (parser.Record!.Length != header.Length) fault = new($"{path}, line {Line}: {parser.Record.Length} fields stand under {header.Length} columns.");
        return true;
    }

    /// <summary>The field of a column.</summary>
    /// <exception cref="UserErrorException">It is empty.</exception>
    public string Text(int column) => parser[column] is { Length: > 0 } text ? text : throw Fault(column, "is empty");

    /// <summary>The field of a column, null where it is empty.</summary>
    public string? Given(int column) => parser[column] is { Length: > 0 } text ? text : null;

    /// <summary>The number in a column, null where it is empty.</summary>
    /// <exception cref="UserErrorException">It is none, or not within the bounds.</exception>
    public double? Number(int column, double least = double.NegativeInfinity, double most = double.PositiveInfinity)
    {
        if (Given(column) is not { } text) return null;
        if (text.Contains(',', StringComparison.Ordinal) && !Thousands().IsMatch(text)) throw Fault(column, "is not a number: commas part thousands, a point the decimals");
        if (!double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            throw Fault(column, "is not a number");
        if (number != 0 && Math.Abs(number) < Least) throw Fault(column, $"is nearer to 0 than {Least.ToString(CultureInfo.InvariantCulture)}");
        if (number < -Greatest) throw Fault(column, $"is below {(-Greatest).ToString(CultureInfo.InvariantCulture)}");
        most = Math.Min(most, Greatest);
        if (number < least) throw Fault(column, $"is below {least.ToString(CultureInfo.InvariantCulture)}");
        return number > most ? throw Fault(column, $"is above {most.ToString(CultureInfo.InvariantCulture)}") : number;
    }

    /// <summary>The part of a whole in a column as a decimal, 0 to 1, null where it is empty; a sign for percent counts whatever the file's scale.</summary>
    /// <param name="column">The column.</param>
    /// <param name="whole">What the whole is in this file: 1 or 100.</param>
    /// <exception cref="UserErrorException">It is none.</exception>
    public decimal? Part(int column, decimal whole)
    {
        if (Given(column) is not { } text) return null;
        if (text[^1] is '%' or '％') (text, whole) = (text[..^1].TrimEnd(), 100);
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) throw Fault(column, "is not a number");
        if (number < 0) throw Fault(column, "is below 0");
        return number > whole ? throw Fault(column, whole == 1 ? "is above 1; where shares are percents, --shares percent says so" : "is above 100%") : number / whole;
    }

    /// <summary>The day in a column, null where it is empty; a time after it does not count.</summary>
    /// <exception cref="UserErrorException">It is none.</exception>
    public DateOnly? Day(int column)
    {
        if (Given(column) is not { } text) return null;
        var day = text.Length > IsoDay.Length && text[IsoDay.Length] is ' ' or 'T' ? text[..IsoDay.Length] : text;
        return DateOnly.TryParseExact(day, IsoDay, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : throw Fault(column, $"is no day {IsoDay}");
    }

    /// <summary>What is wrong with a field of the current row.</summary>
    public UserErrorException Fault(int column, string reason) => new($"{path}, line {Line}, {header[column]}: '{parser[column]}' {reason}.");

    public void Dispose() => parser.Dispose();

    [GeneratedRegex(@"^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$")]
    private static partial Regex Thousands();

    private bool ReadRow()
    {
        try
        {
            return parser.Read();
        }
        catch (DecoderFallbackException)
        {
            throw NotText(Line + 1);
        }
    }

    private string? FirstLine()
    {
        try
        {
            using var reader = SourceText.Open(path);
            return reader.ReadLine();
        }
        catch (DecoderFallbackException)
        {
            throw NotText(1);
        }
    }

    /// <summary>A reader decodes ahead, so the line is the first that may be meant.</summary>
    private UserErrorException NotText(int line) => new($"{path}, at or after line {line}: a byte is neither of UTF-8 nor of GB 18030.");
}
