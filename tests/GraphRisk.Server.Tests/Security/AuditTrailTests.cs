using System.Text;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Tests.Security;

public class AuditTrailTests
{
    private static readonly byte[] Key = Enumerable.Repeat((byte)7, 32).ToArray();
    private string directory = "";

    private string TrailPath => Path.Combine(directory, "audit.ndjson");

    [SetUp]
    public void MakeDirectory() => directory = Directory.CreateTempSubdirectory("graphrisk-audit-").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(directory, recursive: true);

    private static AuditEntry Entry(int number) => new(
        new DateTimeOffset(2026, 1, 5, 9, 30, number % 60, TimeSpan.Zero),
        new Viewer(Role.Broker, "Broker/B001", PurposeCatalog.Default.Find("kyc"), "审计"),
        new LedgerPage(["Client.name"], [$"Person/registry:P{number}"], Revealed: true),
        "00ff");

    private async Task<AuditHead> Append(int count)
    {
        using var trail = AuditTrail.Open(TrailPath, Key);
        for (var i = 0; i < count; i++) await trail.Append(Entry(i), CancellationToken.None);
        return trail.Head;
    }

    [Test]
    public async Task AnEntrySaysWhoWhenWhyWhatWhoseAndTheHashOfTheAnswer()
    {
        await Append(1);
        Assert.That(File.ReadAllText(TrailPath), Does.StartWith(
            "{\"seq\":1,\"at\":\"2026-01-05T09:30:00Z\",\"role\":\"Broker\",\"of\":\"Broker/B001\",\"purpose\":\"kyc\","
            + "\"basis\":\"Anti-Money Laundering Law 2024; the client's margin contract\",\"reason\":\"审计\",\"what\":[\"Client.name\"],"
            + "\"whose\":[\"Person/registry:P0\"],\"answer\":\"00ff\",\"before\":\"" + new string('0', 64) + "\",\"hash\":\""));
    }

    [Test]
    public async Task TheTrailGoesOnWhereItEnded()
    {
        var first = await Append(3);
        var second = await Append(2);
        Assert.That((first.Sequence, second.Sequence), Is.EqualTo((3, 5)));
        Assert.That(AuditTrail.Verify(TrailPath, Key), Is.EqualTo(second));
    }

    [Test]
    public async Task ChangingAnyByteOfAnEntryIsNoticed()
    {
        await Append(3);
        var bytes = File.ReadAllBytes(TrailPath);
        for (var at = 0; at < bytes.Length - 1; at++)
        {
            var changed = bytes.ToArray();
            changed[at] ^= 1;
            File.WriteAllBytes(TrailPath, changed);
            Assert.That(() => AuditTrail.Verify(TrailPath, Key), Throws.TypeOf<InvalidDataException>(), $"byte {at}");
        }
    }

    [TestCase(new[] { 0, 2 })]
    [TestCase(new[] { 1, 0, 2 })]
    [TestCase(new[] { 0, 1, 1, 2 })]
    [TestCase(new[] { 1, 2 })]
    public async Task DroppingMovingOrRepeatingALineIsNoticed(int[] kept)
    {
        await Append(3);
        var lines = File.ReadAllLines(TrailPath);
        File.WriteAllText(TrailPath, string.Concat(kept.Select(line => lines[line] + "\n")));
        Assert.That(() => AuditTrail.Open(TrailPath, Key), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public async Task CuttingTheEndOffShowsAgainstAHeadNotedBefore()
    {
        var noted = await Append(3);
        File.WriteAllText(TrailPath, string.Concat(File.ReadAllLines(TrailPath)[..2].Select(line => line + "\n")));
        Assert.That(AuditTrail.Verify(TrailPath, Key), Is.Not.EqualTo(noted));
    }

    [Test]
    public async Task AnEntryForgedWithoutTheKeyIsNoticed()
    {
        await Append(1);
        Assert.That(() => AuditTrail.Verify(TrailPath, new byte[32]), Throws.TypeOf<InvalidDataException>().With.Message.Contains(":1:"));
    }

    [Test]
    public async Task ALineTornByACrashIsCutOffAndTheTrailGoesOn()
    {
        var whole = await Append(2);
        File.AppendAllText(TrailPath, "{\"seq\":3,\"at\":\"20");
        Assert.That((await Append(1)).Sequence, Is.EqualTo(whole.Sequence + 1));
        Assert.That(AuditTrail.Verify(TrailPath, Key).Sequence, Is.EqualTo(3));
    }

    [Test]
    public async Task EntriesAppendedTogetherFormOneChain()
    {
        using (var trail = AuditTrail.Open(TrailPath, Key))
            await Parallel.ForAsync(0, 200, async (i, cancellation) => await trail.Append(Entry(i), cancellation));
        Assert.That(AuditTrail.Verify(TrailPath, Key).Sequence, Is.EqualTo(200));
    }

    [Test]
    public async Task ATextFullOfQuotesCanNotEndAnEntryEarly()
    {
        var sly = Entry(0) with { Viewer = new Viewer(Role.Broker, "\",\"hash\":\"00\"}\n{", PurposeCatalog.Default.Find("kyc")) };
        using (var trail = AuditTrail.Open(TrailPath, Key)) await trail.Append(sly, CancellationToken.None);
        Assert.That(File.ReadAllBytes(TrailPath).Count(b => b == (byte)'\n'), Is.EqualTo(1));
        Assert.That(AuditTrail.Verify(TrailPath, Key).Sequence, Is.EqualTo(1));
        Assert.That(Encoding.UTF8.GetString(File.ReadAllBytes(TrailPath)), Does.Contain("\\u0022").Or.Contain("\\\""));
    }
}
