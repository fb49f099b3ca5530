using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Market;
using GraphRisk.Stores;
using GraphRisk.Stores.Erasure;
using GraphRisk.Stores.Sqlite;
using GraphRisk.Workflow.Erasure;

namespace GraphRisk.Cli.Exit;

/// <summary>What an erasure would do, and what forbids it.</summary>
/// <param name="Version">Newest version of the store.</param>
/// <param name="Plan">What goes of the store.</param>
/// <param name="Files">What becomes of the files beside it.</param>
/// <param name="Holds">Legal holds that are there.</param>
internal sealed record ErasureOutlook(long Version, ErasurePlan Plan, ImmutableSortedDictionary<string, FileFate> Files, IReadOnlyList<HoldFound> Holds);

/// <summary>Erases one client of a data folder: first everything is made ready and looked through, then it is decided, then it takes the place of what was.</summary>
/// <param name="host">The clock.</param>
/// <param name="bench">The data folder.</param>
internal sealed class ClientErasure(Host host, Workbench bench)
{
    private DataFolder Folder => bench.Folder;

    /// <summary>Every record of a client.</summary>
    /// <exception cref="UserErrorException">The id is no record of a party.</exception>
    public static async Task<ImmutableArray<NodeId>> RecordsOfAsync(IGraphStore store, string client, CancellationToken cancellation)
    {
        if (!NodeId.TryParse(client, out var id) || store.Catalog.FindNode(id.Type) is not { } type || !type.Is(SchemaCatalog.Party))
            throw new UserErrorException($"'{client}' is no id of a party's record, as Person/registry:P000123.");
        var version = await store.GetVersionAsync(cancellation);
        var clusters = await Graph.Snapshots.Clusters.ReadAsync(store, version.Number, cancellation);
        return clusters.RecordsWith(id);
    }

    /// <summary>Looks what would be done; writes nothing.</summary>
    public async Task<ErasureOutlook> LookAsync(SqliteGraphStore store, ImmutableArray<NodeId> records, LegalHoldTable holds, CancellationToken cancellation)
    {
        var version = await store.GetVersionAsync(cancellation);
        var plan = await StoreErasure.PlanAsync(store, records, cancellation);
        if (plan.Tombstones == 0) throw new UserErrorException($"The store knows nothing of '{records[0]}'.");
        var today = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime);
        var snapshots = bench.OpenSnapshots(store, capacity: 1);
        var market = new MarketReading(await snapshots.GetAsync(Validity.CloseOf(today), cancellation: cancellation));
        var held = new HeldClient(market, market.Snapshot.Nodes.Find(records[0]), plan.LastDays, today);
        return new ErasureOutlook(version.Number, plan, new FolderErasure(Folder, plan).Look(cancellation), HoldMeasures.Find(holds, held));
    }

    /// <summary>Erases.</summary>
    /// <param name="client">Id it is filed under.</param>
    /// <param name="outlook">What is to be done.</param>
    /// <param name="hands">Who.</param>
    /// <param name="holds">The table of holds, by its hash.</param>
    /// <param name="certificates">Where the certificate goes.</param>
    /// <param name="progress">Told how many recordings are written.</param>
    /// <param name="cancellation">Ends it; before it is decided everything is then as it was.</param>
    public async Task<(ErasureCertificate Certificate, string Hash)> RunAsync(
        string client, ErasureOutlook outlook, ErasureHands hands, LegalHoldTable holds, string certificates, IProgress<long>? progress, CancellationToken cancellation)
    {
        UnfinishedErasure.Begin(Folder);
        try
        {
            StoreErasure.RequireAlone(Folder.Store, bench.Catalog);
            outlook = outlook with { Files = new FolderErasure(Folder, outlook.Plan).Look(cancellation) };
            var (content, at) = (UnfinishedErasure.ContentOf(Folder), host.Clock.GetUtcNow());
            var (erased, mark) = await RewriteAsync(content, outlook, at, progress, cancellation);
            var told = WriteFiles(content, outlook);
            var (files, bytes) = LookThrough(content, outlook, cancellation);
            var certificate = new ErasureCertificate
            {
                At = at, Data = Folder.Path, Number = erased.Number, Records = [.. outlook.Plan.Parties.Select(id => id.ToString())], Hands = hands, HoldsTable = holds.Hash,
                Store = new ErasedContent(mark.StoreText, erased.Version, erased.HashBefore, erased.HashAfter, erased.Tombstones, erased.Struck),
                Nodes = outlook.Plan.Nodes.GroupBy(node => node.Type).ToImmutableSortedDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal),
                Shared = outlook.Plan.Shared.Length, Files = told, FilesSearched = files, BytesSearched = bytes,
                Stays = [.. Staying(outlook, cancellation)], Copies = [.. ErasureRequests.Copies(Folder, cancellation)],
            };
            var (json, text) = (Json.Of(certificate), certificate.ToText());
            var deleted = outlook.Files.Where(file => file.Value == FileFate.Deleted).Select(file => file.Key);
            await UnfinishedErasure.DecideAsync(Folder, new DecidedErasure(client, [.. deleted], IsWhole: false, certificates, certificate.Name, json, text), cancellation);
            await UnfinishedErasure.FinishAsync(Folder, CancellationToken.None);
            return (certificate, ErasureCertificate.HashOf(json));
        }
        catch when (UnfinishedErasure.TakeBack(Folder))
        {
            throw;
        }
    }

    private async Task<(ErasedStore Erased, StoreMark Mark)> RewriteAsync(DataFolder content, ErasureOutlook outlook, DateTimeOffset at, IProgress<long>? progress, CancellationToken cancellation)
    {
        ErasedStore erased;
        await using (var store = GraphStores.OpenSqlite(Folder.Store, bench.Catalog, new SqliteStoreOptions { MayMake = false }))
        {
            if ((await store.GetVersionAsync(cancellation)).Number != outlook.Version) throw new UserErrorException("The store was written to meanwhile: give the command again.");
            erased = await StoreErasure.RewriteAsync(store, outlook.Plan, content.Store, at, progress, cancellation);
        }

        StoreErasure.RequireAlone(Folder.Store, bench.Catalog);
        await using var written = GraphStores.OpenSqlite(content.Store, bench.Catalog, new SqliteStoreOptions { MayMake = false, Witness = content.StoreSeen });
        if (await written.CheckAsync(cancellation) is { Count: > 0 } faults) throw new InvalidDataException($"The store without the client is not sound, nothing was changed: {string.Join("; ", faults)}");
        return (erased, await written.GetMarkAsync(erased.Version, cancellation) ?? default);
    }

    private ImmutableSortedDictionary<string, string> WriteFiles(DataFolder content, ErasureOutlook outlook)
    {
        var told = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var erasure = new FolderErasure(Folder, outlook.Plan);
        foreach (var (name, fate) in outlook.Files)
        {
            if (fate is FileFate.ScoresErased or FileFate.RowsTaken or FileFate.StruckOut)
            {
                var count = erasure.Write(name, fate, Path.Combine(content.Path, name));
                told.Add(name, string.Create(CultureInfo.InvariantCulture, $"{count} {(fate == FileFate.ScoresErased ? "filed scores erased" : fate == FileFate.RowsTaken ? "rows taken out" : "lines struck out of")}"));
            }
            else if (fate == FileFate.Deleted)
            {
                told.Add(name, "deleted, is made again");
            }
        }

        return told.ToImmutable();
    }

    /// <summary>Looks through everything that will be there for what tells who the client was; the trail apart, of which <see cref="Staying"/> tells.</summary>
    /// <exception cref="InvalidDataException">Something was found.</exception>
    private (int Files, long Bytes) LookThrough(DataFolder content, ErasureOutlook outlook, CancellationToken cancellation)
    {
        var (files, bytes, erasure) = (0, 0L, new FolderErasure(Folder, outlook.Plan));
        var staying = outlook.Files.Where(file => file.Value == FileFate.Stays).Select(file => Path.Combine(Folder.Path, file.Key));
        foreach (var path in content.Contents().Select(file => file.FullPath).Concat(staying))
        {
            if (erasure.StandsIn(path, cancellation)) throw new InvalidDataException($"The client would still stand in '{path}': nothing was changed.");
            (files, bytes) = (files + 1, bytes + new FileInfo(path).Length);
        }

        return (files, bytes);
    }

    /// <summary>What stays, told.</summary>
    private IEnumerable<string> Staying(ErasureOutlook outlook, CancellationToken cancellation)
    {
        var (plan, ids) = (outlook.Plan, outlook.Plan.Nodes.SelectMany(node => new[] { node.ToString(), node.Key, node.Key[(node.Key.IndexOf(':', StringComparison.Ordinal) + 1)..] }).ToHashSet(StringComparer.Ordinal));
        var others = new SoughtTexts(plan.Sought.Texts.Where(text => !ids.Contains(text)));
        var (naming, telling) = (0, 0);
        foreach (var line in File.Exists(Folder.Audit.Trail) ? File.ReadLines(Folder.Audit.Trail) : [])
        {
            cancellation.ThrowIfCancellationRequested();
            if (plan.Sought.In(line).Any()) naming++;
            if (others.In(line).Any()) telling++;
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"The audit trail, which is append-only and kept for three years at least: {naming} entries name the client by ids of its records, which lead nowhere any more{(telling > 0 ? $", and {telling} say more, as somebody typed it" : "")}.");
        if (plan.Ambiguous.Length > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{plan.Ambiguous.Length} texts of the client's records that others' records say of themselves, too, such as a name or an address they have in common: in those they stay.");
        if (plan.Shared.Length > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{plan.Shared.Length} nodes that belong to somebody else, too, such as a contract with two debtors.");
        yield return "Models trained before: they hold no record of anybody; the next training is without the client. Scores filed of others before may not come out the same when they are computed again.";
        yield return "What sources deliver: a record of the client that is delivered again is taken in again. Tell the sources.";
        yield return "On the disk itself what was deleted may be read until it is written over: keep data folders on encrypted disks.";
    }
}
