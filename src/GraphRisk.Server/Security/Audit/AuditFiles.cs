namespace GraphRisk.Server.Security.Audit;

/// <summary>Where the audit trail of one data folder and what holds it in place are kept.</summary>
/// <param name="Trail">The entries.</param>
/// <param name="Key">Key of the entries' hashes.</param>
/// <param name="SealKey">Private key that signs heads.</param>
/// <param name="Heads">The sealed heads, apart from the trail.</param>
public sealed record AuditFiles(string Trail, string Key, string SealKey, string Heads)
{
    /// <summary>The keys are those of several servers, so that their being there says nothing of this trail.</summary>
    public bool SharesKeys { get; init; }

    /// <summary>What the store beside the trail is now, which a head names that is sealed now; null where there is none.</summary>
    public Func<SealedStore?> Store { get; init; } = static () => null;

    /// <summary>Held by whoever appends; it stays, empty.</summary>
    public string Lock => Trail + ".lock";

    /// <summary>Which entries name whom; can be deleted and is made again.</summary>
    public string Index => Path.ChangeExtension(Trail, ".index.db");

    /// <summary>Looks at the trail and what lies beside it while nobody appends: as long as it takes no command begins and no answer is filed, so it has to be short.</summary>
    /// <exception cref="IOException">Another process holds the trail for a minute.</exception>
    public T WhileNobodyAppends<T>(Func<T> look)
    {
        using var held = FileLock.Take(Lock);
        return look();
    }

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens a file that only its owner may read, made where it is missing if so asked.</summary>
    internal static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open) options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }
}
