using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Facts;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Stores;
using GraphRisk.Stores.Erasure;
using GraphRisk.Stores.Sqlite;
using GraphRisk.Workflow.Erasure;

namespace GraphRisk.Cli.Exit;

/// <summary>An erasure as those know it who hold an older copy.</summary>
/// <param name="Store">Identity of the store.</param>
/// <param name="At">When.</param>
/// <param name="Records">Ids of the records of the client.</param>
/// <param name="Hands">Who asked for it, why, and who carried it out.</param>
/// <param name="Certificate">SHA-256 of its certificate.</param>
internal sealed record ErasedClient(string Store, DateTimeOffset At, ImmutableArray<string> Records, ErasureHands Hands, string Certificate);

/// <summary>
/// Erasures of clients, a line each, in every folder of backups that was taken of the data folder: a backup taken before still holds the client, and who restores it erases the client again. The
/// file only grows. A folder that cannot be reached when a client is erased is told by the certificate, which the restore takes in its place.
/// </summary>
internal static class ErasureLog
{
    /// <summary>Name of the file in a folder of backups.</summary>
    public const string FileName = "erasures.ndjson";

    private const string Backup = "backup";

    /// <summary>Notes an erasure in every folder of backups its certificate names; noting it again changes nothing.</summary>
    /// <returns>Folders that cannot be reached.</returns>
    public static ImmutableArray<string> Note(string certificate)
    {
        var (read, hash) = (JsonSerializer.Deserialize<ErasureCertificate>(certificate, Json.Options)!, ErasureCertificate.HashOf(certificate));
        var unreached = ImmutableArray.CreateBuilder<string>();
        if (read.Records.IsEmpty) return [];
        var line = Json.LineOf(new ErasedClient(read.Store.Identity, read.At, read.Records, read.Hands, hash));
        foreach (var place in read.Copies.Where(copy => copy.What == Backup).Select(copy => copy.Where).Distinct(StringComparer.Ordinal))
        {
            try
            {
                if (!Directory.Exists(place)) unreached.Add(place);
                else if (In(place).All(known => known.Certificate != hash)) Append(Path.Combine(place, FileName), line);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                unreached.Add(place);
            }
        }

        return unreached.ToImmutable();
    }

    /// <summary>The erasures that a folder of backups knows, oldest first.</summary>
    /// <exception cref="InvalidDataException">A line cannot be read.</exception>
    public static ImmutableArray<ErasedClient> In(string place)
    {
        var path = Path.Combine(place, FileName);
        return File.Exists(path) ? [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => Read<ErasedClient>(path, line))] : [];
    }

    /// <summary>The erasures that certificates in a folder tell of.</summary>
    /// <exception cref="InvalidDataException">One cannot be read.</exception>
    public static ImmutableArray<ErasedClient> OfCertificates(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "erasure-*.json").Select(path => (Text: File.ReadAllText(path), Path: path)).Select(file => (Read: Read<ErasureCertificate>(file.Path, file.Text), file.Text))
            .Where(one => !one.Read.Records.IsEmpty)
            .Select(one => new ErasedClient(one.Read.Store.Identity, one.Read.At, one.Read.Records, one.Read.Hands, ErasureCertificate.HashOf(one.Text))),
    ];

    /// <summary>
    /// Erases a client once more, of a folder that came from a copy of before. Whether a legal hold stands against it was asked when it was erased; it is gone since, and a copy is no reason to have it back.
    /// </summary>
    /// <param name="host">The clock.</param>
    /// <param name="folder">The data folder; nobody else has it open.</param>
    /// <param name="erased">The erasure.</param>
    /// <param name="certificates">Where the certificate of this time goes.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Whether the folder held anything of the client.</returns>
    public static async Task<bool> EraseAgainAsync(Host host, DataFolder folder, ErasedClient erased, string certificates, CancellationToken cancellation)
    {
        var own = host with { Variable = name => name.StartsWith("GRAPHRISK_", StringComparison.Ordinal) ? null : host.Variable(name), IsConfigured = true };
        var (bench, holds) = (new Workbench(own, folder), LegalHoldTable.Shipped());
        var erasure = new ClientErasure(own, bench);
        ErasureOutlook outlook;
        await using (var store = GraphStores.OpenSqlite(folder.Store, bench.Catalog, new SqliteStoreOptions { MayMake = false, Witness = folder.StoreSeen }))
        {
            var records = ImmutableArray.CreateBuilder<NodeId>();
            foreach (var id in erased.Records) records.AddRange(await ClientErasure.RecordsOfAsync(store, id, cancellation));
            ImmutableArray<NodeId> all = [.. records.Distinct()];
            if ((await StoreErasure.PlanAsync(store, all, cancellation)).Tombstones == 0) return false;
            outlook = await erasure.LookAsync(store, all, holds, cancellation);
        }

        await erasure.RunAsync(erased.Records[0], outlook, erased.Hands, holds, certificates, null, cancellation);
        await Filing.NoteAsync(own, folder, new Deed(AuditAct.Command, ErasureRequests.CarriedOut, $"by {erased.Hands.CarriedOutBy}, again after a restore, certificate {erased.Certificate}") { Whose = erased.Records[0] });
        UnfinishedErasure.End(folder);
        return true;
    }

    private static T Read<T>(string path, string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Json.Options) ?? throw new InvalidDataException($"'{path}' tells of no erasure.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{path}' cannot be read as erasures: {error.Message}", error);
        }
    }

    private static void Append(string path, string line)
    {
        if (!File.Exists(path)) OwnersFile.Create(path).Dispose();
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        file.Flush(flushToDisk: true);
    }
}
