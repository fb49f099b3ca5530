using System.Collections.Immutable;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Workflow.Authorisations;

/// <summary>One authorisation as it is known.</summary>
/// <param name="Node">Its node.</param>
/// <param name="Id">Its id.</param>
/// <param name="Reference">Number where it is kept; null where none is stated.</param>
/// <param name="Scope">What may be learnt.</param>
/// <param name="Purposes">Ids of the purposes it is given for; none means that it opens nothing.</param>
/// <param name="GivenOn">First day in force.</param>
/// <param name="ExpiresOn">Last day in force; null where no end was agreed.</param>
/// <param name="WithdrawnOn">First day on which it is in force no more; null while nobody has withdrawn it.</param>
/// <param name="Document">Number or title of the document; null where none is stated.</param>
public sealed record Authorisation(
    int Node, NodeId Id, string? Reference, AuthorisationScope Scope, ImmutableArray<string> Purposes,
    DateOnly GivenOn, DateOnly? ExpiresOn, DateOnly? WithdrawnOn, string? Document)
{
    /// <summary>How it stands on a day.</summary>
    /// <param name="day">The server's day.</param>
    /// <param name="clock">The clock's day, by which what was given or taken back today counts today, where sources reach less far.</param>
    public AuthorisationState StateOn(DateOnly day, DateOnly clock) =>
        WithdrawnOn <= clock ? AuthorisationState.Withdrawn
        : GivenOn > clock ? AuthorisationState.NotYet
        : ExpiresOn < day ? AuthorisationState.Expired
        : AuthorisationState.InForce;

    /// <summary>Whether it opens what a scope names for a purpose, as far as it is in force.</summary>
    public bool Covers(AuthorisationScope scope, string purpose) => Scope >= scope && Purposes.Contains(purpose);
}
