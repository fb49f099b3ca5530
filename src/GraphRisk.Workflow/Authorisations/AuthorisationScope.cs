namespace GraphRisk.Workflow.Authorisations;

/// <summary>What a client lets a broker learn of it; in the order in which each includes those before it.</summary>
public enum AuthorisationScope
{
    /// <summary>Market-wide score, grade and probability of default, with reasons in words.</summary>
    Score,

    /// <summary>The client's own market-wide facts in sum, and all that <see cref="Score"/> opens.</summary>
    Facts,
}

/// <summary>How an authorisation stands on a day.</summary>
public enum AuthorisationState
{
    /// <summary>Its first day is yet to come.</summary>
    NotYet,

    /// <summary>In force.</summary>
    InForce,

    /// <summary>Its last day is over.</summary>
    Expired,

    /// <summary>Withdrawn, also where its last day is over too.</summary>
    Withdrawn,
}
