using System.Globalization;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Security.Audit;

/// <summary>A folder with an audit trail, its keys and heads.</summary>
internal sealed class TrailFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public TrailFolder() => Files = FilesIn(folder.Root);

    public AuditFiles Files { get; }

    public string Root => folder.Root;

    public static AuditFiles FilesIn(string root) => new(
        Path.Combine(root, "audit.ndjson"), Path.Combine(root, "keys", "audit.key"), Path.Combine(root, "keys", "audit-heads.key"),
        Path.Combine(root, "keys", "audit-heads.ndjson"));

    public static AuditEntry Entry(int number) => Entry(number, $"Person/registry:P{number.ToString(CultureInfo.InvariantCulture)}");

    public static AuditEntry Entry(int number, string whose) =>
        AuditEntry.Of(
            new DateTimeOffset(2026, 1, 5, 9, 30, number % 60, TimeSpan.Zero), AuditAct.Read,
            AuditActor.For(new Viewer(Role.Broker, "Broker/B001", PurposeCatalog.Default.Find("kyc"), "审计"), withReason: true),
            "Client.name", whose) with { Answer = "00ff" };

    public AuditTrail Open(AuditCheck check = AuditCheck.Whole) => AuditTrail.Open(Files, TimeProvider.System, check);

    /// <summary>Appends so many entries and closes the trail, which seals its head.</summary>
    public async Task<AuditHead> Append(int count, int from = 0)
    {
        using var trail = Open();
        for (var i = from; i < from + count; i++) await trail.Append(Entry(i), CancellationToken.None);
        return trail.Head;
    }

    public SealedHead LastHead() => SealedHead.Parse(File.ReadLines(Files.Heads).Last());

    public AuditReport Verify(SealedHead? elsewhere = null) => AuditVerification.Run(Files, elsewhere);

    public void Dispose() => folder.Dispose();
}
