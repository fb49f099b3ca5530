using GraphRisk.Graph.Facts;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Authorisations;

namespace GraphRisk.Server.Authorisations;

/// <summary>
/// Records authorisations given and withdrawn. Reads the present of the one who commands, within the gate; what stands like that
/// already is not recorded again, so a command whose answer was lost may be sent twice.
/// </summary>
internal sealed class AuthorisationDesk(GraphSession session)
{
    /// <summary>Records an authorisation by a client of a broker.</summary>
    /// <param name="viewer">Client or broker.</param>
    /// <param name="client">The client's node in the viewer's present.</param>
    /// <param name="brokerCode">The broker.</param>
    /// <param name="terms">What it says.</param>
    /// <param name="cancellation">Stops before anything is recorded.</param>
    /// <exception cref="TypedError">The client is none of the broker's, or withdrew the like since.</exception>
    public async Task<(NodeId Id, bool IsNew)> GiveAsync(
        Viewer viewer, NodeHandle client, string brokerCode, AuthorisationTerms terms, CancellationToken cancellation)
    {
        var book = AuthorisationBook.Of(client.View.Snapshot);
        var before = book.OfClient(client.Number).Where(one => book.IsGivenTo(one.Node, brokerCode)).ToList();
        if (before.Find(one => terms.AreThoseOf(one) && IsOpen(one) && (viewer.Role == Role.Client || one.GivenOn == terms.GivenOn)) is { } same)
            return (same.Id, false);
        if (viewer.Role == Role.Broker) RefuseRevival(before, terms);
        var record = await ClientRecords.KnownToAsync(session.Store, client, brokerCode, cancellation)
            ?? throw Problem.BadInput("broker", "names no broker whose client you are, and no open source tells it of you.");
        if (client.View.Snapshot.Nodes.Find(new NodeId("Broker", brokerCode)) < 0) throw Problem.BadInput("broker", "names no broker there is.");
        var (id, changes) = AuthorisationFacts.Given(record, brokerCode, terms, session.Now, session.Today);
        await session.Store.AppendAsync(new ChangeSet($"authorisation {id.Key}", session.Now, AuthorOf(viewer), changes), cancellation);
        return (id, true);
    }

    /// <summary>Withdraws an authorisation from today on; nothing where that was done before.</summary>
    public async Task<bool> WithdrawAsync(Viewer viewer, Authorisation one, string brokerCode, CancellationToken cancellation)
    {
        if (one.StateOn(session.Today, session.RealDay) == AuthorisationState.Withdrawn) return false;
        var change = AuthorisationFacts.Withdrawn(one, brokerCode, session.Today, session.RealDay);
        await session.Store.AppendAsync(new ChangeSet($"withdrawal {one.Id.Key}", session.Now, AuthorOf(viewer), [change]), cancellation);
        return true;
    }

    private bool IsOpen(Authorisation one) => one.StateOn(session.Today, session.RealDay) is AuthorisationState.InForce or AuthorisationState.NotYet;

    /// <summary>What was taken back, whatever its scope, the broker does not bring back with a document signed before.</summary>
    private static void RefuseRevival(List<Authorisation> before, AuthorisationTerms terms)
    {
        if (before.Max(one => one.WithdrawnOn) is { } withdrawn && terms.GivenOn <= withdrawn)
            throw new TypedError(
                Problem.ConflictCode, $"An authorisation of this client was withdrawn on {withdrawn:yyyy-MM-dd}: file a document signed after that day.");
    }

    private static string AuthorOf(Viewer viewer) => $"authorisations {viewer.Of}";
}
