using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Market.Publishing;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.Stores.Neo4j.Layout;

namespace GraphRisk.Stores.Neo4j.Publishing;

/// <summary>
/// Writes a publication beside the facts of a Neo4j store, in batches that may be sent again. Each run has a number; a
/// batch is written only while its run is the last begun, and what earlier runs left is dropped at the end. While a run
/// writes, <c>(:Publication).state</c> is WRITING and the graph shows some of the old beside some of the new.
/// </summary>
public sealed class Neo4jPublisher : IGraphPublisher
{
    private readonly QueryApiClient client;
    private readonly int batchSize;
    private readonly string[] fields;

    private Neo4jPublisher(QueryApiClient client, SchemaCatalog catalog, int batchSize)
    {
        this.client = client;
        this.batchSize = batchSize;
        fields = [.. catalog.NodeTypes.Where(type => type.IsParty).SelectMany(type => type.Fields).Select(field => field.Name).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Connects, looks for what others have put under the names of what is derived, and creates its constraints where they are missing.</summary>
    /// <exception cref="StoreUnavailableException">The server cannot be reached; or others' nodes, relationships, constraints or indexes stand in the way, and nothing was written.</exception>
    public static async ValueTask<Neo4jPublisher> OpenAsync(
        Neo4jOptions options, SchemaCatalog catalog, TimeProvider clock, CancellationToken cancellation = default)
    {
        var client = new QueryApiClient(options, clock);
        try
        {
            var items = DerivedSchema.Items().ToList();
            await RequireRoomAsync(client, items, cancellation);
            foreach (var item in items)
                await client.RunAsync(item.Statement, new Dictionary<string, object?>(), AccessMode.Write, cancellation: cancellation);
            await client.RunAsync(CypherText.Get("store/await-indexes").Text, new Dictionary<string, object?>(), AccessMode.Read, cancellation: cancellation);
            return new Neo4jPublisher(client, catalog, options.BatchSize);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public async ValueTask<PublicationReport> PublishAsync(Publication publication, CancellationToken cancellation = default)
    {
        var begun = await RunAsync(CypherText.Get("publish/begin").Text, new() { ["about"] = About(publication) }, cancellation);
        var run = new Run(this, begun, cancellation);
        await WriteNodesAsync(run, publication);
        await WriteRelationshipsAsync(run, publication);
        var dropped = 0L;
        foreach (var type in DerivedNames.Types) dropped += await run.DropAsync("publish/drop-ties", ("Type", type));
        foreach (var label in DerivedNames.Labels) dropped += await run.DropAsync("publish/drop-nodes", ("Label", label));
        await run.RequireAsync("publish/end");
        return new PublicationReport(run.Nodes, run.Relationships, dropped);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task RequireRoomAsync(QueryApiClient client, IReadOnlyCollection<SchemaItem> items, CancellationToken cancellation)
    {
        var found = (await Collisions.OfSchemaAsync(client, items, cancellation)).ToList();
        var inUse = await Collisions.InUseAsync(client, cancellation);
        found.AddRange(await Collisions.OfPublicationAsync(client, inUse, cancellation));
        Collisions.Refuse(found);
    }

    private async Task WriteNodesAsync(Run run, Publication publication)
    {
        await run.PutNodesAsync(DerivedNames.Party, publication.Parties.Select(party => DerivedRows.Party(party, fields)));
        await run.RequireAsync("publish/mark-clients");
        await run.PutNodesAsync(DerivedNames.Score, publication.Scores.Select(score => DerivedRows.Score(score, publication)));
        await run.PutNodesAsync(DerivedNames.RiskGroup, publication.Groups.Select(group => DerivedRows.Group(group, publication)));
        await run.PutNodesAsync(DerivedNames.Finding, publication.Findings.Select(finding => DerivedRows.Finding(finding, publication)));
    }

    private static async Task WriteRelationshipsAsync(Run run, Publication publication)
    {
        var records = publication.Parties.SelectMany(party => party.Records.Select(record => (party, record)));
        foreach (var type in records.GroupBy(pair => pair.record.Type, pair => DerivedRows.Record(pair.party, pair.record), StringComparer.Ordinal))
            await run.PutRelationshipsAsync("publish/link-records", type, ("Type", type.Key));
        foreach (var type in publication.Ties.GroupBy(tie => tie.Type, DerivedRows.Tie, StringComparer.Ordinal))
            await run.PutRelationshipsAsync("publish/put-ties", type, ("Type", type.Key), ("From", DerivedNames.Party), ("To", DerivedNames.Party));
        await run.PutRelationshipsAsync("publish/put-standings", publication.Standings.Select(DerivedRows.Standing));
        await run.PutRelationshipsAsync(
            "publish/put-ties", publication.Scores.Select(score => DerivedRows.Between(score.Party.ToString(), $"score of {score.Party}")),
            ("Type", DerivedNames.Scored), ("From", DerivedNames.Party), ("To", DerivedNames.Score));
        await run.PutRelationshipsAsync(
            "publish/put-ties", publication.Groups.SelectMany(group => Between(group.Members, DerivedRows.IdOf(group))),
            ("Type", DerivedNames.MemberOf), ("From", DerivedNames.Party), ("To", DerivedNames.RiskGroup));
        await run.PutRelationshipsAsync(
            "publish/put-ties", publication.Findings.SelectMany(finding =>
                finding.Parties.Select(party => DerivedRows.Between(DerivedRows.IdOf(finding), party.ToString()))),
            ("Type", DerivedNames.About), ("From", DerivedNames.Finding), ("To", DerivedNames.Party));
    }

    private static IEnumerable<Dictionary<string, object?>> Between(IEnumerable<NodeId> members, string group) =>
        members.Select(member => DerivedRows.Between(member.ToString(), group));

    private static Dictionary<string, object?> About(Publication publication) => new()
    {
        ["name"] = FormattableString.Invariant($"as of {publication.Stamp.AsOfDay:yyyy-MM-dd}, version {publication.Stamp.Version}"),
        ["asOf"] = publication.Stamp.AsOfDay,
        ["_asOf"] = Recording.Milliseconds(publication.Stamp.AsOf),
        ["knownAt"] = publication.Stamp.KnownAt,
        ["version"] = publication.Stamp.Version,
        ["modelVersion"] = publication.ModelVersion,
    };

    /// <summary>The one number a statement answers; null where it answers nothing.</summary>
    private async Task<long?> RunAsync(string statement, Dictionary<string, object?> parameters, CancellationToken cancellation)
    {
        var answer = await client.RunAsync(statement, parameters, AccessMode.Write, cancellation: cancellation);
        return answer.Rows is [[long number]] ? number : null;
    }

    /// <summary>One run: its number and what it has written.</summary>
    private sealed class Run(Neo4jPublisher publisher, long? number, CancellationToken cancellation)
    {
        public long Nodes { get; private set; }

        public long Relationships { get; private set; }

        public async Task PutNodesAsync(string label, IEnumerable<Dictionary<string, object?>> rows) =>
            Nodes += await PutAsync("publish/put-nodes", rows, ("Label", label));

        public async Task PutRelationshipsAsync(
            string text, IEnumerable<Dictionary<string, object?>> rows, params (string, string)[] names) =>
            Relationships += await PutAsync(text, rows, names);

        public async Task RequireAsync(string text)
        {
            if (await publisher.RunAsync(CypherText.Get(text).Text, new() { ["run"] = number }, cancellation) is null)
                throw new PublicationSupersededException();
        }

        public async Task<long> DropAsync(string text, params (string, string)[] names) =>
            await publisher.RunAsync(CypherText.Get(text).With(names), new() { ["run"] = number }, cancellation) ?? 0;

        private async Task<long> PutAsync(string text, IEnumerable<Dictionary<string, object?>> rows, params (string, string)[] names)
        {
            var statement = CypherText.Get(text).With(names);
            var total = 0L;
            foreach (var batch in rows.Chunk(publisher.batchSize))
            {
                var parameters = new Dictionary<string, object?> { ["run"] = number, ["rows"] = batch };
                var written = await publisher.RunAsync(statement, parameters, cancellation) ?? 0;
                if (written == 0) await CheckLastAsync();
                total += written;
            }

            return total;
        }

        /// <summary>Nothing was written: because a later run has begun, or because none of the rows' ends is there.</summary>
        private async Task CheckLastAsync()
        {
            if (await publisher.RunAsync(CypherText.Get("publish/run").Text, [], cancellation) != number)
                throw new PublicationSupersededException();
        }
    }
}
