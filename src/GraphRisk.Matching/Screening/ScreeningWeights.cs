using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Names.Similarity;
using GraphRisk.Matching.Values;

namespace GraphRisk.Matching.Screening;

/// <summary>
/// What each agreement and disagreement weighs: the logarithm to base two of m/u, how often it is seen where two records are of one bearer
/// and how often where they are of two (Fellegi and Sunter 1969). Reasons are taken as independent, so their points add up to the logarithm of
/// the odds; what is not quite (words of one name) is capped. m stands in tables, from what lists and clients' files are like; u of
/// names is how common they are among people (<see cref="NameShares"/>), mixed with what the lists show, which counts for more the longer they
/// are: who is asked about has names as those listed have, but of a short list a common name is as rare as a rare one. u of countries is counted.
/// The prior says how many of those asked about are listed, shared out among the entries: on a list ten times as long a namesake is
/// ten times as likely.
/// </summary>
internal sealed class ScreeningWeights
{
    /// <summary>How many names of a list what is known of names beforehand weighs as much as.</summary>
    private const double NamesOfPrior = 2000;

    /// <summary>No name tells more than this: words of a name go together (by language, family), and a list shows little of how rare the rare are.</summary>
    private const double MostByName = 26;

    /// <summary>By likeness: from which on, how often that of one bearer, and by how much likelier than an equal name that of another.</summary>
    private static readonly (double From, double OfOne, double OfOthers)[] Likenesses =
        [(0.97, 0.55, 1), (0.9, 0.2, 6), (0.8, 0.12, 25), (NameSimilarity.Threshold, 0.08, 80), (0.5, 0.04, 2000), (0, 0.01, 1e6)];

    private const double SameDay = 13.9, SameMonth = 9.5, SameYear = 5.4, DaySlip = 4.5, NextYear = 0.3, OtherDay = -6;
    private const double OneCountry = 0.85, OtherCountry = -3.2, MostByCountry = 6;
    private const double SameNumber = 24, SameShortNumber = 9, SameNumberOfUnknownRegister = 12, OtherNumber = -7;
    private const int ShortNumber = 6;

    /// <summary>More than all else can speak against it: nothing is left to weigh.</summary>
    private const double OneParty = 100;

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

    /// <summary>Whether more than names speaks for the hit surely: an identifier, or that both are one party.</summary>
    public static bool IsCertainOfMore(ImmutableArray<ScreeningPoint> points) => points.Any(point => point is { Kind: ScreeningEvidence.Identifier or ScreeningEvidence.Party, Points: > 0 });

    /// <summary>The reasons for and against an entry.</summary>
    public ImmutableArray<ScreeningPoint> Of(ScreeningQuery query, NameReading asked, ListEntry entry, NameReading listed, NameAgreement likeness, ScreeningParameters parameters)
    {
        var prior = Math.Clamp(parameters.Prior, 1e-9, 1 - 1e-9);
        var points = ImmutableArray.CreateBuilder<ScreeningPoint>();
        points.Add(new(ScreeningEvidence.Prior, Math.Log2(prior / (1 - prior) / entries), string.Create(CultureInfo.InvariantCulture, $"{prior:P1} of those asked about, {entries} entries")));
        points.Add(new(ScreeningEvidence.Name, NamePoints(asked, listed, likeness), Told(listed, likeness)));
        if (!query.Days.IsEmpty && !entry.Days.IsEmpty) points.Add(DayPoint(query.Days, entry.Days));
        if (!query.Countries.IsEmpty && !entry.Countries.IsEmpty) points.Add(CountryPoint(query.Countries, entry.Countries));
        if (IdentifierPoint(query.Identifiers, entry.Identifiers) is { } identifier) points.Add(identifier);
        if (query.SameAs == entry.Id) points.Add(new(ScreeningEvidence.Party, OneParty, "records of both are judged to be one party"));
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

    /// <summary>Bits of a name: how many names would have to be asked about to meet its parts by chance; of several readings the commonest counts.</summary>
    private double RarityOf(NameReading name)
    {
        if (name.IsHan) return NameShares.OfCharacters(name).Sum(part => RarityOf($"h{part.Character}", part.Share));
        var readings = name.PersonReadings.Select(words => OfWords(words, isOfPerson: true));
        if (name.Organisation is { } organisation && name.Kind is not NameKind.Person) readings = readings.Append(OfWords(organisation.Words, name.Kind is NameKind.Unknown));
        return readings.DefaultIfEmpty().Min();
    }

    private double OfWords(NameWord[] words, bool isOfPerson) => words
        .Where(word => word.Role is WordRole.Name or WordRole.Trade or WordRole.Place or WordRole.Number).DistinctBy(word => word.Fold, StringComparer.Ordinal)
        .Sum(word => RarityOf($"w{word.Fold}", NameShares.Of(word, isOfPerson)));

    /// <summary>One listed name has the part because it is the one held against, and is left out.</summary>
    private double RarityOf(string key, double share) => -Math.Log2((Math.Max(0, countOf(key) - 1) + (NamesOfPrior * share)) / (names + NamesOfPrior));

    /// <summary>Of several days the two that agree best count.</summary>
    private static ScreeningPoint DayPoint(ImmutableArray<PartialDay> asked, ImmutableArray<PartialDay> listed)
    {
        var (points, one, other) = asked.SelectMany(_ => listed, (one, other) => (Points: Compare(one, other), One: one, Other: other)).MaxBy(pair => pair.Points);
        return new(ScreeningEvidence.Day, points, $"{one} / {other}");
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
