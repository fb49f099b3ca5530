using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Workflow.Authorisations;

/// <summary>
/// Reads authorisations off a snapshot: who let which broker learn what. Asked of the newest knowledge and the real day, never
/// of the moment a question is about, so that a withdrawal closes yesterday's questions too. Looking one up walks the
/// authorisations of one client, which are few. Thread-safe.
/// </summary>
public sealed class AuthorisationBook
{
    private readonly Snapshot snapshot;
    private readonly RelationshipTable authorisedBy;
    private readonly RelationshipTable authorises;

    private AuthorisationBook(Snapshot snapshot)
    {
        this.snapshot = snapshot;
        authorisedBy = snapshot.Relationship("AUTHORISED_BY");
        authorises = snapshot.Relationship("AUTHORISES");
    }

    /// <summary>The book of a snapshot.</summary>
    public static AuthorisationBook Of(Snapshot present) => new(present);

    /// <summary>
    /// The authorisation by which a broker may learn something of a client, or null. Of several in force the one that lasts
    /// longest, then the one known first.
    /// </summary>
    /// <param name="client">Node of the client.</param>
    /// <param name="brokerCode">Code of the broker, such as <c>B001</c>.</param>
    /// <param name="scope">What is to be learnt; <see cref="AuthorisationScope.Facts"/> includes <see cref="AuthorisationScope.Score"/>.</param>
    /// <param name="purpose">The purpose the reader declared; null, like one no authorisation names, is covered by none.</param>
    /// <param name="today">The real day.</param>
    /// <param name="clock">The clock's day (<see cref="Authorisation.StateOn"/>).</param>
    public Authorisation? InForce(int client, string brokerCode, AuthorisationScope scope, string? purpose, DateOnly today, DateOnly clock) =>
        purpose is null
            ? null
            : OfClient(client)
                .Where(one => one.StateOn(today, clock) == AuthorisationState.InForce && one.Covers(scope, purpose) && IsGivenTo(one.Node, brokerCode))
                .MaxBy(one => one.ExpiresOn ?? DateOnly.MaxValue);

    /// <summary>
    /// Whether a party allowed a broker to learn something. A party as an older view joins it may be several today; then each must have.
    /// </summary>
    /// <param name="seen">Where the party is.</param>
    /// <param name="party">Its node there.</param>
    /// <param name="brokerCode">Code of the broker.</param>
    /// <param name="scope">What is to be learnt.</param>
    /// <param name="purpose">The purpose the reader declared.</param>
    /// <param name="today">The real day.</param>
    /// <param name="clock">The clock's day (<see cref="Authorisation.StateOn"/>).</param>
    public bool Allows(Snapshot seen, int party, string brokerCode, AuthorisationScope scope, string? purpose, DateOnly today, DateOnly clock)
    {
        var clients = seen.Nodes.MembersOf(party).Select(record => snapshot.Nodes.Find(record)).Where(client => client >= 0).Distinct().ToList();
        return clients.Count > 0 && clients.TrueForAll(client => InForce(client, brokerCode, scope, purpose, today, clock) is not null);
    }

    /// <summary>Authorisations a client gave, by node; each once.</summary>
    public IEnumerable<Authorisation> OfClient(int client) => Read(authorisedBy.In.Neighbours(client));

    /// <summary>The client that gave an authorisation; -1 where none is stated.</summary>
    public int ClientOf(int authorisation) => First(authorisedBy.Out.Neighbours(authorisation));

    /// <summary>The broker an authorisation is given to; -1 where none is stated.</summary>
    public int BrokerOf(int authorisation) => First(authorises.Out.Neighbours(authorisation));

    /// <summary>The authorisation of a node; null where no source states its scope and its first day, without which it opens nothing.</summary>
    public Authorisation? Read(int node)
    {
        var nodes = snapshot.Nodes;
        if (AuthorisationScopes.Find(nodes.GetString(node, "scope")) is not { } scope || nodes.GetDate(node, "givenOn") is not { } given) return null;
        return new Authorisation(
            node, nodes.IdOf(node), nodes.GetString(node, "reference"), scope, nodes.Get(node, "purposes")?.AsStrings() ?? [],
            given, nodes.GetDate(node, "expiresOn"), nodes.GetDate(node, "withdrawnOn"), nodes.GetString(node, "document"));
    }

    /// <summary>Whether an authorisation is given to a broker.</summary>
    public bool IsGivenTo(int authorisation, string brokerCode)
    {
        foreach (var broker in authorises.Out.Neighbours(authorisation))
            if (snapshot.Nodes.IdOf(broker).Key == brokerCode) return true;
        return false;
    }

    private List<Authorisation> Read(ReadOnlySpan<int> sorted)
    {
        var found = new List<Authorisation>(sorted.Length);
        for (var i = 0; i < sorted.Length; i++)
            if ((i == 0 || sorted[i] != sorted[i - 1]) && Read(sorted[i]) is { } one) found.Add(one);
        return found;
    }

    private static int First(ReadOnlySpan<int> nodes) => nodes.IsEmpty ? -1 : nodes[0];
}
