using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Comparison;

/// <summary>
/// What is known of a kind of column before any record is read. Counts for about as much as a few hundred records or a dozen matches say, so that
/// a table of a hundred records is judged by what is usual in the world and one of thousands by itself.
/// </summary>
/// <param name="Chance">Probability that two parties have a value in common by chance.</param>
/// <param name="Same">Probability that two records of one party say the same.</param>
/// <param name="Different">Probability that they say things that have nothing to do with each other: people move, firms have several telephones.</param>
internal readonly record struct KindTraits(double Chance, double Same, double Different)
{
    /// <summary>Pairs the prior chance counts for at most, for each pair of the table: five times as much as what was seen.</summary>
    public const double PriorPerPair = 5;

    /// <summary>Pairs it counts for at least where it says that next to no two have a value in common: registers make few errors.</summary>
    public double LeastPairs => Chance <= 1e-6 ? 20_000 : 0;

    /// <summary>The least that records of one party say things that have nothing to do with each other.</summary>
    public double LeastDifferent => Different / 5;

    /// <summary>
    /// Whether a value is given to one party alone, so that two strangers have it only by error. Of other values a table tells no more than that one
    /// in as many as it has records may have it: namesakes are many.
    /// </summary>
    public bool IsUnique => Chance <= 1e-5;

    /// <summary>
    /// The most that records of one party can be believed to say things that have nothing to do with each other. Learned without truth, a kind
    /// of pairs whose names differ is no party, however well it explains what was counted.
    /// </summary>
    public double MostDifferent => Math.Min(0.85, 0.03 + (2 * Different));

    public static KindTraits Of(AttributeKind kind) => kind switch
    {
        AttributeKind.GivenName => new(5e-3, 0.75, 0.06),
        AttributeKind.Surname => new(1e-3, 0.8, 0.06),
        AttributeKind.PersonName or AttributeKind.Name => new(5e-5, 0.65, 0.05),
        AttributeKind.OrganisationName => new(3e-5, 0.55, 0.08),
        AttributeKind.BirthDate => new(5e-5, 0.86, 0.02),
        AttributeKind.Date => new(1e-3, 0.5, 0.4),
        AttributeKind.Sex => new(0.5, 0.95, 0.05),
        AttributeKind.Identifier => new(1e-6, 0.88, 0.06),
        AttributeKind.Phone => new(1e-5, 0.6, 0.3),
        AttributeKind.Email => new(2e-6, 0.6, 0.25),
        AttributeKind.Website => new(1e-4, 0.7, 0.2),
        AttributeKind.Address => new(3e-5, 0.45, 0.25),
        AttributeKind.HouseNumber => new(0.01, 0.75, 0.15),
        AttributeKind.Street => new(5e-4, 0.6, 0.2),
        AttributeKind.City => new(0.01, 0.75, 0.15),
        AttributeKind.Postcode => new(1e-3, 0.75, 0.15),
        AttributeKind.Region => new(0.1, 0.9, 0.1),
        AttributeKind.Category => new(0.2, 0.8, 0.2),
        AttributeKind.Number => new(0.05, 0.5, 0.4),
        _ => new(0.01, 0.4, 0.4),
    };
}
