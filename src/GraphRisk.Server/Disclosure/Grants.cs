using GraphRisk.Disclosure.Scores;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Authorisations;

namespace GraphRisk.Server.Disclosure;

/// <summary>
/// What clients let a broker learn of them, for the purpose it declared: by what is known now and holds today, whatever moment the
/// question is about, so that a withdrawal closes yesterday's questions too. Read off what the broker itself may know, which is
/// its own authorisations.
/// </summary>
internal sealed class Grants
{
    private readonly AuthorisationBook book;
    private readonly string broker;
    private readonly string? purpose;
    private readonly DateOnly today, clock;

    private Grants(GraphView present, string broker, string? purpose, DateOnly today, DateOnly clock)
    {
        book = present.Derive(typeof(AuthorisationBook), AuthorisationBook.Of);
        (this.broker, this.purpose, this.today, this.clock) = (broker, purpose, today, clock);
    }

    /// <summary>The grants to a broker; null where the viewer is none.</summary>
    public static async ValueTask<Grants?> OfAsync(GraphSession session, Viewer viewer, CancellationToken cancellation) =>
        viewer.Role == Role.Broker && NodeId.TryParse(viewer.Of, out var broker) && broker.Type == "Broker"
            ? new Grants(await session.ViewAsync(viewer, default, cancellation), broker.Key, viewer.Purpose?.Id, session.Today, session.RealDay)
            : null;

    /// <summary>Whether a party allowed a scope.</summary>
    /// <param name="snapshot">Where the party is.</param>
    /// <param name="party">Its node there.</param>
    /// <param name="scope">What is to be learnt.</param>
    public bool Allow(Snapshot snapshot, int party, AuthorisationScope scope) => book.Allows(snapshot, party, broker, scope, purpose, today, clock);

    /// <summary>To which audience of a score the broker belongs for one of its clients.</summary>
    /// <exception cref="AccessDenied">The client allowed nothing that is in force.</exception>
    public Audience AudienceOf(NodeHandle client) =>
        Allow(client.View.Snapshot, client.Number, AuthorisationScope.Facts) ? Audience.Facts
        : Allow(client.View.Snapshot, client.Number, AuthorisationScope.Score) ? Audience.Score
        : throw Required(AuthorisationScope.Score, "creditScore");

    /// <summary>The refusal of what a client did not allow, and how to come by it.</summary>
    public static AccessDenied Required(AuthorisationScope scope, string field) => new(
        AccessCodes.AuthorisationRequired, field, ("scope", AuthorisationScopes.NameOf(scope)),
        ("opens", $"An authorisation of the client in force for your purpose, of scope {AuthorisationScopes.NameOf(scope)}, by each party that was taken for this client at the moment you ask about."));
}
