using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Names.Similarity;

namespace GraphRisk.Matching.Screening;

/// <summary>
/// What each agreement and disagreement weighs: the logarithm to base two of m/u, how often it is seen where two records are of one bearer
/// and how often where they are of two (Fellegi and Sunter 1969). Reasons are taken as independent, so their points add up to the logarithm of
/// the odds; what is not quite (words of one name) is capped. m stands in tables, from what lists and clients' files are like; u of
/// names and countries is counted in the lists themselves, since who is asked about has names as those listed have.
/// The prior says how many of those asked about are listed, shared out among the entries: on a list ten times as long a namesake is
/// ten times as likely.
/// </summary>
internal sealed class ScreeningWeights
{
    /// <summary>Names as likely as a listed one beside the list: what keeps a word the list has once from counting as unheard of.</summary>
    private const double Unlisted = 2000;

    /// <summary>No name tells more than this: words of a name go together (by language, family), and a list shows little of how rare the rare are.</summary>
    private const double MostByName = 26;

    /// <summary>By likeness: from which on, how often that of one bearer, and by how much likelier than an equal name that of another.</summary>
    private static readonly (double From, double OfOne, double OfOthers)[] Likenesses =
        [(0.97, 0.55, 1), (0.9, 0.2, 6), (0.8, 0.12, 25), (NameSimilarity.Threshold, 0.08, 80), (0.5, 0.04, 2000), (0, 0.01, 1e6)];

    private const double SameDay = 13.9, SameMonth = 9.5, SameYear = 5.4, DaySlip = 4.5, NextYear = 0.3, OtherDay = -6;
    private const double OneCountry = 0.85, OtherCountry = -3.2, MostByCountry = 6;
    private const double SameNumber = 24, SameShortNumber = 9, SameNumberOfUnknownRegister = 12, OtherNumber = -7;
    private const int ShortNumber = 6;

    private readonly Func<string, int> countOf;
    private readonly int names, entries;
    private readonly FrozenDictionary<string, double> countries;

    /// <param name="entries">The entries of the lists.</param>
    /// <param name="countOf">How many names have a key.</param>
    /// <param name="names">How many names there are.</param>
    public ScreeningWeights(ImmutableArray<ListEntry> entries, Func<string, int> countOf, int names)
    {
        (this.countOf, this.names, this.entries) = (countOf, names, Math.Max(1, entries.Length));
        countries = entries.SelectMany(entry => entry.Countries.Distinct()).CountBy(country => country).ToFrozenDictionary(pair => pair.Key, pair => (pair.Value + 1.0) / (entries.Length + 50.0));
    }

    /// <summary>The number of an identifier without the country of its register, by which it is looked for.</summary>
    public static string NumberOf(IdentifierReading identifier) => identifier.Value[(identifier.Value.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>Whether an identifier speaks for the hit.</summary>
    public static bool HasSameIdentifier(ImmutableArray<ScreeningPoint> points) => points.Any(point => point is { Kind: ScreeningEvidence.Identifier, Points: > 0 });

    /// <summary>The reasons for and against an entry.</summary>
    public ImmutableArray<ScreeningPoint> Of(ScreeningQuery query, NameReading asked, ListEntry entry, NameReading listed, NameAgreement likeness, ScreeningParameters parameters)
    {
        var prior = Math.Clamp(parameters.Prior, 1e-9, 1 - 1e-9);
        var points = ImmutableArray.CreateBuilder<ScreeningPoint>();
        points.Add(new(ScreeningEvidence.Prior, Math.Log2(prior / (1 - prior) / entries), string.Create(CultureInfo.InvariantCulture, $"{prior:P1} of those asked about, {entries} entries")));
        points.Add(new(ScreeningEvidence.Name, NamePoints(asked, listed, likeness), Told(listed, likeness)));
        if (query.Day is { } day && !entry.Days.IsEmpty) points.Add(DayPoint(day, entry.Days));
        if (!query.Countries.IsEmpty && !entry.Countries.IsEmpty) points.Add(CountryPoint(query.Countries, entry.Countries));
        if (IdentifierPoint(query.Identifiers, entry.Identifiers) is { } identifier) points.Add(identifier);
        return points.ToImmutable();
    }

    private static string Told(NameReading listed, NameAgreement likeness) => string.Create(
        CultureInfo.InvariantCulture, $"{listed.Written}: {likeness.Score:0.00} {likeness.Reason}{(likeness.Detail.Length > 0 ? $" ({likeness.Detail})" : "")}");

    private double NamePoints(NameReading asked, NameReading listed, NameAgreement likeness)
    {
        var (_, ofOne, ofOthers) = Likenesses.First(row => likeness.Score >= row.From);
        var rarity = Math.Min(MostByName, Math.Min(RarityOf(asked), RarityOf(listed)));
        return Math.Log2(ofOne) - Math.Min(0, Math.Log2(ofOthers) - rarity);
    }

    /// <summary>Bits of a name: how many names would have to be asked about to meet its words by chance.</summary>
    private double RarityOf(NameReading name) => NameKeys.Of(name).Where(part => part.Keys[0].Key[0] is 'w' or 'h' && (name.IsHan == (part.Keys[0].Key[0] == 'h')))
        .Sum(part => Math.Log2((names + Unlisted) / (countOf(part.Keys[0].Key) + 1)));

    private static ScreeningPoint DayPoint(PartialDay asked, ImmutableArray<PartialDay> listed)
    {
        var (points, best) = listed.Select(day => (Points: Compare(asked, day), Day: day)).MaxBy(pair => pair.Points);
        return new(ScreeningEvidence.Day, points, $"{asked} / {best}");
    }

    private static double Compare(PartialDay one, PartialDay other)
    {
        if (one.Year != other.Year) return IsSlip(one, other) ? DaySlip : Math.Abs(one.Year - other.Year) == 1 ? NextYear : OtherDay;
        if (one.Month == 0 || other.Month == 0 || IsFirstOfYear(one) || IsFirstOfYear(other)) return one == other && one.Month > 0 ? SameMonth : SameYear;
        if (one.Month != other.Month) return one.Day == other.Month && one.Month == other.Day || IsSlip(one, other) ? DaySlip : OtherDay / 2;
        return one.Day == 0 || other.Day == 0 ? SameMonth : one.Day == other.Day ? SameDay : IsSlip(one, other) ? DaySlip : OtherDay / 2;
    }

    /// <summary>The first of January is where a year alone is often put.</summary>
    private static bool IsFirstOfYear(PartialDay day) => day is { Month: 1, Day: 1 };

    /// <summary>One digit of two whole days differs.</summary>
    private static bool IsSlip(PartialDay one, PartialDay other) =>
        one.Day > 0 && other.Day > 0 && one.ToString().Zip(other.ToString()).Count(pair => pair.First != pair.Second) == 1;

    private ScreeningPoint CountryPoint(ImmutableArray<string> asked, ImmutableArray<string> listed)
    {
        var shared = asked.Intersect(listed, StringComparer.Ordinal).ToList();
        var detail = $"{string.Join(' ', asked)} / {string.Join(' ', listed)}";
        if (shared.Count == 0) return new(ScreeningEvidence.Country, OtherCountry, detail);
        var usual = shared.Min(country => countries.GetValueOrDefault(country, 1.0 / entries));
        return new(ScreeningEvidence.Country, Math.Min(MostByCountry, Math.Log2(OneCountry / Math.Min(OneCountry, usual))), detail);
    }

    private static ScreeningPoint? IdentifierPoint(ImmutableArray<IdentifierReading> asked, ImmutableArray<IdentifierReading> listed)
    {
        ScreeningPoint? against = null, best = null;
        foreach (var one in asked)
            foreach (var other in listed)
            {
                if (NumberOf(one) == NumberOf(other) && PointsOf(one, other) is > 0 and var points && points > (best?.Points ?? 0)) best = new(ScreeningEvidence.Identifier, points, $"{one} / {other}");
                if (one.Scheme == other.Scheme && one.IsExclusive && other.IsExclusive && one.Value != other.Value) against = new(ScreeningEvidence.Identifier, OtherNumber, $"{one} / {other}");
            }

        return best ?? against;
    }

    private static double PointsOf(IdentifierReading one, IdentifierReading other)
    {
        if (NumberOf(one).Length < ShortNumber) return one.Scheme == other.Scheme ? SameShortNumber : 0;
        if (one.Scheme == other.Scheme && one.Value == other.Value) return one.IsOfUnknownRegister ? SameNumberOfUnknownRegister : SameNumber;
        return one.Value == other.Value || one.IsOfUnknownRegister || other.IsOfUnknownRegister ? SameNumberOfUnknownRegister : 0;
    }
}
