using System.Security.Cryptography;
using System.Text;
using GraphRisk.Server.Guard;
using GraphRisk.Server.Hosting;
using GraphRisk.Server.Observability;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Server.SignIn;

namespace GraphRisk.Server.Http;

/// <summary>How a server is to be run; all that is decided outside it.</summary>
public sealed record ServerOptions
{
    /// <summary>Where keys and the audit trail are kept; made when it does not exist.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The port on the loopback address, where <see cref="Hosting"/> names no other; 0 takes a free one.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>Where else to listen, and how.</summary>
    public HostingOptions Hosting { get; init; } = new();

    /// <summary>The provider at which people sign in; null for none.</summary>
    public AuthorityOptions? Authority { get; init; }

    /// <summary>Whether development tokens are taken; without them and without an authority nobody can sign in.</summary>
    public bool DevelopmentTokens { get; init; }

    /// <summary>Signs development tokens; the key of the key directory where null.</summary>
    public byte[]? DevelopmentKey { get; init; }

    /// <summary>The longest a query may run.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Documents that may be asked for by their hash; null for none.</summary>
    public TrustedDocuments? Trusted { get; init; }

    /// <summary>Whether no other documents are answered.</summary>
    public bool OnlyTrusted { get; init; }

    public QueryLimits Limits { get; init; } = QueryLimits.Default;

    /// <summary>What questions may cost, and how turns are taken.</summary>
    public Budget.BudgetOptions Budget { get; init; } = new();

    /// <summary>What it tells whoever runs it.</summary>
    public ObservabilityOptions Observability { get; init; } = new();

    /// <summary>Whom the explorer speaks for without being told; null outside the demo, where everyone brings a token.</summary>
    public Security.Viewer? DemoViewer { get; init; }

    /// <summary>
    /// Where the keys are; below the data directory where null. Servers over one store share them, so that ids and tokens of one
    /// are understood by the others.
    /// </summary>
    public string? KeyDirectory { get; init; }

    public string IdKeyPath => KeyPath("id.key");

    public string TokenKeyPath => KeyPath("token.key");

    public string RevocationPath => KeyPath("revoked.ndjson");

    /// <summary>The audit trail with its keys and heads. Servers that share keys have a trail and a file of heads each.</summary>
    public AuditFiles Audit => new(
        Path.Combine(DataDirectory, "audit.ndjson"), KeyPath("audit.key"), KeyPath("audit-heads.key"),
        AuditHeadsPath ?? KeyPath(KeyDirectory is null ? "audit-heads.ndjson" : $"audit-heads-{NameOf(DataDirectory)}.ndjson"))
    {
        SharesKeys = KeyDirectory is not null, Store = StoreBeside,
    };

    /// <summary>What the store beside the audit trail is now, which sealed heads name; none where the caller does not tell.</summary>
    public Func<SealedStore?> StoreBeside { get; init; } = static () => null;

    /// <summary>Where sealed heads are kept, such as on another disk; beside the keys where null.</summary>
    public string? AuditHeadsPath { get; init; }

    private static string NameOf(string directory) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)))))[..16];

    private string KeyPath(string name) => Path.Combine(KeyDirectory ?? Path.Combine(DataDirectory, "keys"), name);
}
