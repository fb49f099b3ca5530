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
    /// <summary>Records the prior chance counts for.</summary>
    public const double Records = 500;

    /// <summary>Pairs of them.</summary>
    public const double Pairs = Records * Records / 2;

    public static KindTraits Of(AttributeKind kind) => kind switch
    {
        AttributeKind.GivenName => new(5e-3, 0.75, 0.06),
        AttributeKind.Surname => new(1e-3, 0.8, 0.06),
        AttributeKind.PersonName or AttributeKind.Name => new(5e-5, 0.6, 0.05),
        AttributeKind.OrganisationName => new(2e-5, 0.55, 0.08),
        AttributeKind.BirthDate => new(5e-5, 0.85, 0.03),
        AttributeKind.Date => new(1e-3, 0.5, 0.4),
        AttributeKind.Sex => new(0.5, 0.95, 0.05),
        AttributeKind.Identifier => new(1e-6, 0.88, 0.06),
        AttributeKind.Phone => new(1e-5, 0.6, 0.3),
        AttributeKind.Email => new(2e-6, 0.6, 0.25),
        AttributeKind.Website => new(1e-4, 0.7, 0.2),
        AttributeKind.Address => new(2e-5, 0.45, 0.25),
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
