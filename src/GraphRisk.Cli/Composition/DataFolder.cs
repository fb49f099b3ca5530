using GraphRisk.Server.Http;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Stores;

namespace GraphRisk.Cli.Composition;

/// <summary>
/// Where a service keeps what it holds. Everything in the folder but the store with what was last seen of it, the audit trail, the quarantine, reports of drills and inspections, the
/// key, the configuration, the calendar, the models with their decisions, the weights of resolution and the filed scores can be deleted and is made again.
/// </summary>
/// <param name="Path">The folder.</param>
internal sealed record DataFolder(string Path)
{
    /// <summary>Identity of a store that is not the folder's own; null for the embedded one.</summary>
    public string? StoreIdentity { get; init; }

    /// <summary>Keys that several servers share; null for the folder's own.</summary>
    public string? SharedKeys { get; init; }

    /// <summary>Trained models that several servers share; null for the folder's own.</summary>
    public string? SharedModels { get; init; }

    /// <summary>File of the audit trail's sealed heads where it is kept apart; null for the folder of keys.</summary>
    public string? AuditHeads { get; init; }

    /// <summary>The folder with what <c>GRAPHRISK_KEYS</c>, <c>GRAPHRISK_MODELS</c> and <c>GRAPHRISK_AUDIT_HEADS</c> name, or its configuration file.</summary>
    public DataFolder SharedAsIn(Host host)
    {
        var variable = host.In(Path).Variable;
        return this with
        {
            SharedKeys = variable("GRAPHRISK_KEYS") is { Length: > 0 } keys ? keys : null,
            SharedModels = variable("GRAPHRISK_MODELS") is { Length: > 0 } models ? models : null,
            AuditHeads = variable("GRAPHRISK_AUDIT_HEADS") is { Length: > 0 } heads ? heads : null,
        };
    }

    /// <summary>How a server over this folder is run.</summary>
    public ServerOptions ToServerOptions() => new() { DataDirectory = Path, KeyDirectory = SharedKeys, AuditHeadsPath = AuditHeads, StoreBeside = Sighted };

    /// <summary>The audit trail with its keys and heads.</summary>
    public AuditFiles Audit => ToServerOptions().Audit;

    /// <summary>The embedded store.</summary>
    public string Store => Within("store.db");

    /// <summary>The newest version seen of the embedded store, by which another in its place is told.</summary>
    public string StoreSeen => Within("store.seen");

    /// <summary>The newest version seen of the embedded store; null where there is none.</summary>
    private SealedStore? Sighted() => GraphStores.SeenOf(StoreSeen) is { } seen ? new SealedStore(seen.Version, seen.Mark) : null;

    /// <summary>Snapshots, mapped at a restart.</summary>
    public string Snapshots => OfStore("snapshots");

    /// <summary>What was read of a store on a server; the embedded one needs none.</summary>
    public string Replica => OfStore("replica.db");

    /// <summary>The search index.</summary>
    public string Search => OfStore("search");

    /// <summary>What agreement of records weighs when clients are resolved.</summary>
    public string Resolution => OfStore("resolution.json");

    /// <summary>Trained models, a folder each.</summary>
    public string Models => SharedModels ?? OfStore("models");

    /// <summary>Scores as they were filed.</summary>
    public string FiledScores => System.IO.Path.Combine(OfStore("scores"), "filed.ndjson");

    /// <summary>Which store each Neo4j server held when it was last opened.</summary>
    public string KnownServers => System.IO.Path.Combine(Path, "stores", "servers.json");

    /// <summary>Rows that could not be imported.</summary>
    public string Quarantine => Within("quarantine");

    /// <summary>Moves of other systems that could not be taken in.</summary>
    public string Refused => Within("refused");

    /// <summary>Working days of further years, which an operator writes; may be missing.</summary>
    public string Calendar => Within("calendar.csv");

    /// <summary>Brokers' own rules of early warning, a file a broker; may be missing.</summary>
    public string WarningRules => Within("warning-rules");

    /// <summary>Sources written by <c>demo</c>.</summary>
    public string Sources => Within("sources");

    /// <summary>Reports of restore drills.</summary>
    public string Drills => Within("drills");

    /// <summary>What a restore that has not come to its end holds.</summary>
    public string RestoreUnfinished => Within("restore-unfinished");

    /// <summary>What an erasure that has not come to its end holds.</summary>
    public string EraseUnfinished => Within("erase-unfinished");

    /// <summary>Whether a file of the folder is the embedded store's, or what was last seen of it.</summary>
    /// <param name="name">Its path in the folder, with slashes.</param>
    public static bool IsOfStore(string name) => name is "store.db" or "store.db-wal" or "store.db-shm" or "store.seen";

    /// <summary>Whether a file of the folder can be deleted and is made again, or is nothing outside of a running process.</summary>
    /// <param name="name">Its path in the folder, with slashes.</param>
    public static bool IsMadeAgain(string name)
    {
        var parts = name.Split('/');
        if (parts is ["stores", _, .. var ofServer]) parts = ofServer;
        return parts is ["snapshots" or "search", ..] || parts is [var file] && (file.StartsWith("replica.db", StringComparison.Ordinal) || file.StartsWith("audit.index.db", StringComparison.Ordinal))
            || name.EndsWith(".lock", StringComparison.Ordinal) || name.EndsWith(".tmp", StringComparison.Ordinal);
    }

    /// <summary>Every file of the folder: where it lies, and its path in the folder, with slashes.</summary>
    public IEnumerable<(string FullPath, string Name)> Contents() => Directory.Exists(Path)
        ? Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Select(file => (file, System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/')))
        : [];

    /// <summary>The folder, made where it is missing.</summary>
    public DataFolder Create()
    {
        OwnerOnly.Create(Path);
        return this;
    }

    private string OfStore(string name) =>
        StoreIdentity is null ? Within(name) : System.IO.Path.Combine(Path, "stores", StoreIdentity, name);

    private string Within(string name) => System.IO.Path.Combine(Path, name);
}
