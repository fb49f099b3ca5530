using System.Collections.Immutable;
using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Values;

namespace GraphRisk.Matching.Screening;

/// <summary>Whom lists are asked about.</summary>
/// <param name="Name">Name in any script.</param>
/// <param name="Kind">What bears it.</param>
public sealed record ScreeningQuery(string Name, NameKind Kind = NameKind.Unknown)
{
    /// <summary>Further names it bears: each is asked about too, up to <see cref="MostNames"/> in all.</summary>
    public ImmutableArray<string> OtherNames { get; init; } = [];

    /// <summary>Days of birth or establishment, each as precise as it is known; several where sources differ.</summary>
    public ImmutableArray<PartialDay> Days { get; init; } = [];

    /// <summary>Countries it is tied to, two letters in capitals.</summary>
    public ImmutableArray<string> Countries { get; init; } = [];

    /// <summary>Its identifiers.</summary>
    public ImmutableArray<IdentifierReading> Identifiers { get; init; } = [];

    /// <summary>Id of the entry that is known to be the one asked about, since resolution joined their records; null where none is.</summary>
    public string? SameAs { get; init; }

    /// <summary>Most names asked about; bounds what one question costs.</summary>
    public const int MostNames = 100;
}

/// <summary>How lists are asked.</summary>
public sealed record ScreeningParameters
{
    /// <summary>Part of those asked about that stand on the lists; between 0 and 1. What probabilities start from.</summary>
    public double Prior { get; init; } = 0.01;

    /// <summary>Least likeness of names of a hit; hits by identifier need none.</summary>
    public double LeastLikeness { get; init; } = NameSimilarity.Threshold;

    /// <summary>Least probability of a hit.</summary>
    public double LeastProbability { get; init; }

    /// <summary>Most hits, the likeliest.</summary>
    public int Most { get; init; } = 20;
}

/// <summary>One reason for or against a hit.</summary>
/// <param name="Kind">What was held against what.</param>
/// <param name="Points">Logarithm to base two of how much likelier it is of one bearer than of two; positive for, negative against.</param>
/// <param name="Detail">What was seen.</param>
public readonly record struct ScreeningPoint(ScreeningEvidence Kind, double Points, string Detail);

/// <summary>What is held against what.</summary>
public enum ScreeningEvidence
{
    /// <summary>Before anything is known: how many stand on lists, and how long the lists are.</summary>
    Prior,

    /// <summary>Names.</summary>
    Name,

    /// <summary>Days of birth or establishment.</summary>
    Day,

    /// <summary>Countries.</summary>
    Country,

    /// <summary>Identifiers.</summary>
    Identifier,

    /// <summary>Records of both are one party, as resolution or a person judged.</summary>
    Party,

    /// <summary>Other entries of the same list, of which only one can be the one asked about.</summary>
    Rival,
}

/// <summary>An entry that may be the one asked about.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Name">The one of its names that is most alike.</param>
/// <param name="Likeness">How alike, and why.</param>
/// <param name="Points">The reasons; they add up to the logarithm of the odds.</param>
public sealed record ScreeningHit(ListEntry Entry, string Name, NameAgreement Likeness, ImmutableArray<ScreeningPoint> Points)
{
    /// <summary>Sum of the points.</summary>
    public double Total => Points.Sum(point => point.Points);

    /// <summary>Probability that the entry is the one asked about, 0 to 1.</summary>
    public double Probability => 1 / (1 + Math.Pow(2, -Total));
}
