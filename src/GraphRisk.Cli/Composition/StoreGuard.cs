using GraphRisk.Graph.Store;
using GraphRisk.Scoring.Registry;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Cli.Composition;

/// <summary>
/// Whether the embedded store of a data folder may be opened, or made. A store is made by <c>init</c>, <c>import</c> and <c>demo</c> in a folder that
/// holds nothing of another; where one is missing or empty and what belonged to it lies there, nothing goes on until an operator has put it back.
/// </summary>
internal static class StoreGuard
{
    /// <summary>How the store is opened.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="mayMake">Whether the command makes a store where there is none.</param>
    /// <param name="takesOther">Whether a store other than the one that was here is taken.</param>
    /// <exception cref="UserErrorException">There is none, and the command makes none.</exception>
    /// <exception cref="StoreUnavailableException">There is none, and there was one.</exception>
    public static SqliteStoreOptions Require(DataFolder folder, bool mayMake = false, bool takesOther = false)
    {
        if (Directory.Exists(folder.RestoreUnfinished))
            throw new StoreUnavailableException($"A restore into '{folder.Path}', or an import of all, was broken off, or still runs: wait for its end, or give the 'graphrisk restore' or 'import --all' again, which brings it to its end.");
        if (Directory.Exists(folder.EraseUnfinished))
            throw new StoreUnavailableException($"An erasure in '{folder.Path}' was broken off, or still runs: wait for its end, or give 'graphrisk erase --resume --data {folder.Path}', which brings it to its end or takes it back.");
        if (new FileInfo(folder.Store) is not { Exists: true, Length: > 0 })
        {
            var what = File.Exists(folder.Store) ? "is empty" : "is missing";
            if (Remains(folder) is { Count: > 0 } remains)
                throw new StoreUnavailableException(
                    $"The store '{folder.Store}' {what}, yet {string.Join(", ", remains)} of it lie beside. Put store.db back from a backup, and where it is not the newest one take it by "
                    + $"'graphrisk store accept --data {folder.Path}'; for a new beginning take another folder.");
            if (!mayMake)
                throw new UserErrorException(
                    $"There is no store in '{folder.Path}': 'graphrisk import FOLDER --data {folder.Path}' or 'graphrisk demo --data {folder.Path}' makes one, 'graphrisk init --data {folder.Path}' an empty one.");
        }

        return new SqliteStoreOptions { MayMake = mayMake, Witness = folder.StoreSeen, TakesOther = takesOther };
    }

    /// <summary>What only a folder has that had a store.</summary>
    private static List<string> Remains(DataFolder folder)
    {
        (string Name, Func<bool> IsThere)[] all =
        [
            ("store.db-wal", () => File.Exists(folder.Store + "-wal")),
            ("what was last seen of it", () => File.Exists(folder.StoreSeen)),
            ("snapshots", () => Has(folder.Snapshots, "*.snapshot")),
            ("the search index", () => Has(folder.Search, "segments*")),
            ("models", () => File.Exists(new ModelRegistry(folder.Models).Path)),
            ("filed scores", () => File.Exists(folder.FiledScores)),
            ("an audit trail of imports", () => File.Exists(folder.Audit.Trail)
                && AuditReading.Last(folder.Audit, new AuditFilter { Act = AuditAct.Import }, 1, CancellationToken.None).Any()),
        ];
        return [.. all.Where(one => one.IsThere()).Select(one => one.Name)];
    }

    private static bool Has(string folder, string pattern) => Directory.Exists(folder) && Directory.EnumerateFiles(folder, pattern).Any();
}
