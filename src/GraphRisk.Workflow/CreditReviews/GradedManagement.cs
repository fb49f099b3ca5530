using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GraphRisk.Market.Configuration;
using GraphRisk.Scoring.Calibration;

namespace GraphRisk.Workflow.CreditReviews;

/// <summary>How a credit line is treated, from the mildest to the strictest.</summary>
public enum LineTreatment
{
    /// <summary>More may be granted.</summary>
    MayGrow,

    /// <summary>Nothing is granted on top of what is owed.</summary>
    Frozen,

    /// <summary>Nothing is granted, and what is owed has to come down.</summary>
    ToBeReduced,
}

/// <summary>How clients of a grade are followed.</summary>
/// <param name="Grade">The grade; null for clients whose grade the broker may not know.</param>
/// <param name="Months">From one review to the next.</param>
/// <param name="Treatment">How its line is treated where nobody decided otherwise.</param>
/// <param name="Persons">How many have to agree to what a review decides.</param>
/// <param name="Team">Who has to look at it.</param>
public sealed record GradeRow(string? Grade, int Months, LineTreatment Treatment, int Persons, string Team)
{
    /// <summary>Whether clients of this row are reviewed sooner, or treated more strictly, than those of another.</summary>
    public bool IsStricterThan(GradeRow other) => Treatment > other.Treatment || Months < other.Months;
}

/// <summary>Graded management (分级管理): for each grade how often a client is reviewed, how its line is treated and who must agree. Immutable.</summary>
public sealed class GradedManagement
{
    private const string Header = "since,grade,months,treatment,persons,team";
    private const string Unknown = "UNKNOWN";

    private static readonly ImmutableArray<(LineTreatment Treatment, string Name)> Names =
        [(LineTreatment.MayGrow, "MAY_GROW"), (LineTreatment.Frozen, "FROZEN"), (LineTreatment.ToBeReduced, "TO_BE_REDUCED")];

    private GradedManagement(ImmutableArray<GradeRow> rows, string version) => (Rows, Version) = (rows, version);

    /// <summary>A row a grade, in the order of the grades; that of an unknown one last.</summary>
    public ImmutableArray<GradeRow> Rows { get; }

    /// <summary>First twelve digits of the SHA-256 of its rows.</summary>
    public string Version { get; }

    /// <summary>New reviews a broker's desk is given a day.</summary>
    public int ReviewsADay { get; init; } = 20;

    /// <summary>Working days in which a review is concluded.</summary>
    public int ConcludeWithinDays { get; init; } = 10;

    /// <summary>What holds where a broker has none of its own.</summary>
    public static BrokerSetting<GradedManagement> Common { get; } = new(Shipped());

    /// <summary>The row of a grade; that of an unknown one where null.</summary>
    /// <exception cref="ArgumentException">There is no such grade.</exception>
    public GradeRow Of(string? grade) => Rows.FirstOrDefault(row => row.Grade == grade) ?? throw new ArgumentException($"There is no row of grade '{grade}'.", nameof(grade));

    /// <summary>How many persons have to agree to what is decided on a client of a grade, be it a review or an application.</summary>
    /// <param name="broker">Code of the broker that decides.</param>
    /// <param name="day">Day of the rules.</param>
    /// <param name="grade">The client's grade; null where the broker may not know it.</param>
    public static int PersonsFor(string broker, DateOnly day, string? grade) => Common.For(broker, day).Of(grade).Persons;

    /// <summary>The name of a treatment in the schema.</summary>
    public static string NameOf(LineTreatment treatment) => Names.Single(one => one.Treatment == treatment).Name;

    /// <summary>The treatment of a name in the schema.</summary>
    public static LineTreatment Parse(string name) => Names.Single(one => one.Name == name).Treatment;

    /// <summary>Reads editions.</summary>
    /// <param name="text">Lines of six cells; those that begin with # are comments.</param>
    /// <exception cref="InvalidDataException">A line is no row, or an edition lacks a grade; the message says which.</exception>
    public static Dated<GradedManagement> Read(string text)
    {
        var lines = text.Split('\n').Select((line, at) => (Text: line.TrimEnd('\r'), Number: at + 1)).Where(line => line.Text.Length > 0 && line.Text[0] != '#').ToList();
        if (lines.Count == 0 || lines[0].Text != Header) throw new InvalidDataException($"Graded management does not begin with '{Header}'.");
        return new Dated<GradedManagement>([.. lines.Skip(1).Select(RowOf).GroupBy(one => one.Since, one => one.Row).Select(edition => (edition.Key, Edition(edition.Key, [.. edition])))]);
    }

    private static Dated<GradedManagement> Shipped()
    {
        using var reader = new StreamReader(typeof(GradedManagement).Assembly.GetManifestResourceStream("graded-management.csv")!, Encoding.UTF8);
        return Read(reader.ReadToEnd());
    }

    private static (DateOnly Since, GradeRow Row) RowOf((string Text, int Number) line)
    {
        if (line.Text.Split(',') is not [var since, var grade, var months, var treatment, var persons, { Length: > 0 } team]) throw Fault("is no row of six cells");
        if (!DateOnly.TryParseExact(since, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) throw Fault($"says since '{since}', which is no day");
        if (!int.TryParse(months, NumberStyles.None, CultureInfo.InvariantCulture, out var interval) || interval == 0) throw Fault($"says '{months}' months, which is no number above 0");
        if (Names.FirstOrDefault(one => one.Name == treatment) is not { Name: not null } named) throw Fault($"says '{treatment}', which is none of {string.Join(", ", Names.Select(one => one.Name))}");
        if (persons is not ("1" or "2")) throw Fault($"says '{persons}' persons; one or two agree");
        return (day, new GradeRow(grade == Unknown ? null : grade, interval, named.Treatment, persons == "2" ? 2 : 1, team));

        InvalidDataException Fault(string what) => new($"graded-management.csv, line {line.Number} {what}.");
    }

    private static GradedManagement Edition(DateOnly since, ImmutableArray<GradeRow> rows)
    {
        ImmutableArray<string?> needed = [.. GradeTable.Standard.Grades.Select(grade => grade.Name), null];
        foreach (var grade in needed)
            if (rows.Count(row => row.Grade == grade) != 1) throw new InvalidDataException($"graded-management.csv: the edition of {since:yyyy-MM-dd} needs one row of {grade ?? Unknown}.");
        if (rows.FirstOrDefault(row => !needed.Contains(row.Grade)) is { } foreign) throw new InvalidDataException($"graded-management.csv: the edition of {since:yyyy-MM-dd} names '{foreign.Grade}', which is no grade.");
        ImmutableArray<GradeRow> ordered = [.. rows.OrderBy(row => needed.IndexOf(row.Grade))];
        return new(ordered, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', ordered))))[..12]);
    }
}
