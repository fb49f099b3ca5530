namespace GraphRisk.Workflow.Authorisations;

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
