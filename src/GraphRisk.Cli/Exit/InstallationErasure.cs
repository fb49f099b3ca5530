using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Stores;
using GraphRisk.Stores.Erasure;

namespace GraphRisk.Cli.Exit;

/// <summary>
/// Erases a whole installation, once everything was exported: all that is in the data folder goes, keys among it. The audit trail, which has to be kept longer than the installation, is put beside the certificate with
/// what it is held to.
/// </summary>
internal static class InstallationErasure
{
    private const string TrailFolder = "audit";

    /// <summary>Looks, asks or erases.</summary>
    public static async Task<int> RunAsync(Host host, DataFolder folder, ErasureAsked how, CancellationToken cancellation)
    {
        var (mark, version, hash) = await StoreOfAsync(folder, cancellation);
        var exported = ErasureRequests.LastExport(folder, cancellation) == hash;
        var (files, bytes) = (folder.Contents().Count(), folder.Contents().Sum(file => new FileInfo(file.FullPath).Length));
        if (!how.IsRequest && !how.IsCarriedOut)
        {
            await host.Out.WriteLineAsync(how.AsJson
                ? Json.Of(new { data = folder.Path, version = version.Number, contentHash = hash, files, bytes, isExported = exported })
                : string.Create(CultureInfo.InvariantCulture, $"Nothing was written. Would be erased: everything in {folder.Path}, {files} files, {bytes:N0} bytes, store {mark.StoreText} at version {version.Number}. ")
                    + (exported ? "It was exported as it is." : "Forbidden: it was not exported as it is; 'graphrisk export --all --to DIR' first."));
            return ExitCode.Done;
        }

        if (!exported) throw new UserErrorException("The store was not exported as it is now: 'graphrisk export --all --to DIR' first, so that an exit loses nothing.");
        if (how.IsRequest)
        {
            await ErasureRequests.FileAsync(host, folder, ReadLedger.Everyone, how.By, how.Reason);
            await host.Out.WriteLineAsync($"Filed: {how.By} asks for the erasure of the whole installation. Somebody else carries it out within {ErasureRequests.TermDays} days.");
            return ExitCode.Done;
        }

        var hands = EraseCommand.HandsOf(folder, [ReadLedger.Everyone], "the whole installation", how, host.Clock.GetUtcNow(), cancellation);
        await Filing.NoteAsync(host, folder, new Deed(AuditAct.Command, ErasureRequests.CarriedOut, $"by {how.By}: the whole installation, content hash {hash}") { Reason = hands.Reason });
        UnfinishedErasure.Begin(folder);
        try
        {
            StoreErasure.RequireAlone(folder.Store, SchemaCatalog.LoadEmbedded());
            var kept = KeepTrail(folder, Path.Combine(how.Certificates, TrailFolder));
            var certificate = new ErasureCertificate
            {
                At = host.Clock.GetUtcNow(), Data = folder.Path, Number = 0, Records = [], Hands = hands, HoldsTable = how.Holds.Hash,
                Store = new ErasedContent(mark.StoreText, version.Number, hash, "", 0, 0), Nodes = ImmutableSortedDictionary<string, int>.Empty, Shared = 0,
                Files = folder.Contents().Where(file => !file.Name.StartsWith(Path.GetFileName(folder.EraseUnfinished) + "/", StringComparison.Ordinal)).ToImmutableSortedDictionary(file => file.Name, _ => "deleted", StringComparer.Ordinal),
                FilesSearched = 0, BytesSearched = 0,
                Stays =
                [
                    $"The audit trail, which is kept for three years at least, beside this certificate: {string.Join(", ", kept)}.",
                    .. new[] { folder.SharedKeys, folder.SharedModels, folder.AuditHeads }.OfType<string>().Select(path => $"{path}, which several servers share."),
                    "On the disk itself what was deleted may be read until it is written over: keep data folders on encrypted disks.",
                ],
                Copies = [.. ErasureRequests.Copies(folder, cancellation)],
            };
            var json = Json.Of(certificate);
            await UnfinishedErasure.DecideAsync(folder, new DecidedErasure(ReadLedger.Everyone, [], IsWhole: true, how.Certificates, certificate.Name, json, certificate.ToText()), cancellation);
            await UnfinishedErasure.FinishAsync(folder, CancellationToken.None);
            UnfinishedErasure.End(folder);
            await host.Out.WriteLineAsync(how.AsJson ? json : $"{certificate.ToText()}{Path.Combine(how.Certificates, certificate.Name)}.txt, .json with SHA-256 {ErasureCertificate.HashOf(json)}");
            return ExitCode.Done;
        }
        catch when (UnfinishedErasure.TakeBack(folder))
        {
            throw;
        }
    }

    private static async Task<(StoreMark Mark, StoreVersion Version, string Hash)> StoreOfAsync(DataFolder folder, CancellationToken cancellation)
    {
        await using var store = GraphStores.OpenSqlite(folder.Store, SchemaCatalog.LoadEmbedded(), StoreGuard.Require(folder));
        var version = await store.GetVersionAsync(cancellation);
        return (await store.GetMarkAsync(version.Number, cancellation) ?? default, version, await Task.Run(() => ContentHash.ComputeAsync(store, version.Number, cancellation).AsTask(), cancellation));
    }

    /// <summary>Puts the trail with its heads and keys into a folder that 'audit verify --data' reads.</summary>
    private static List<string> KeepTrail(DataFolder folder, string to)
    {
        var (from, target) = (folder.Audit, new DataFolder(to).Audit);
        var kept = new List<string>();
        foreach (var (source, copy) in new[] { (from.Trail, target.Trail), (from.Heads, target.Heads), (from.Key, target.Key), (from.SealKey, target.SealKey) })
        {
            if (!File.Exists(source)) continue;
            OwnerOnly.Create(Path.GetDirectoryName(copy)!);
            using var read = File.OpenRead(source);
            using var written = OwnersFile.Create(copy);
            read.CopyTo(written);
            written.Flush(flushToDisk: true);
            kept.Add(copy);
        }

        return kept;
    }
}
