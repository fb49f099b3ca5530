namespace GraphRisk.Workflow.Supervision.Quality;

/// <summary>By what the clients of a division are told apart.</summary>
public enum QualityDivision
{
    /// <summary>All in one row.</summary>
    All,

    /// <summary>Their grade; those without a score under an empty key.</summary>
    Grade,

    /// <summary>The kind of contract they owe under; who owes under several counts under each.</summary>
    Product,

    /// <summary>The jurisdiction (辖区) a company is registered in; persons, and companies that state none, under an empty key.</summary>
    Jurisdiction,

    /// <summary>The industry of a company; persons, and companies that state none, under an empty key.</summary>
    Industry,
}

/// <summary>Clients of one division that owe something, in one of its parts. Money in yuan.</summary>
/// <param name="Of">Code of the broker or of its jurisdiction, or MARKET.</param>
/// <param name="Key">Grade, product, jurisdiction or industry; ALL where they are not told apart.</param>
public sealed record QualityRow(string Of, string Key)
{
    /// <summary>Clients that owe something, each once.</summary>
    public int Clients { get; init; }

    /// <summary>What they owe.</summary>
    public decimal Exposure { get; init; }

    /// <summary>Of the clients those in default.</summary>
    public int ClientsInDefault { get; init; }

    /// <summary>What those owe.</summary>
    public decimal ExposureInDefault { get; init; }

    /// <summary>Part of what is owed that those in default owe, 0 to 1.</summary>
    public decimal ShareInDefault => ExposureInDefault / Exposure;

    /// <summary>Of the clients those with a score.</summary>
    public int ScoredClients { get; init; }

    /// <summary>What those owe: what the loss to expect is of.</summary>
    public decimal ScoredExposure { get; init; }

    /// <summary>Probability of default x debt x loss given default, summed, to six decimals; null where nobody has a score.</summary>
    public decimal? ExpectedLoss { get; init; }

    /// <summary>The worst grade among them; null where nobody has one.</summary>
    public string? WorstGrade { get; init; }

    /// <summary>Of the clients those of a grade to which their broker's policy admits nobody.</summary>
    public int WeakClients { get; init; }

    /// <summary>What those owe.</summary>
    public decimal WeakExposure { get; init; }

    /// <summary>Part of what is owed that those owe, 0 to 1; null where nobody has a score.</summary>
    public decimal? ShareWeak => ScoredClients > 0 ? WeakExposure / Exposure : null;
}
