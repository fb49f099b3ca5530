using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Server.Tests.Http;

namespace GraphRisk.Server.Tests.Security.Audit;

/// <summary>What is missing when a trail is opened is told, never made anew.</summary>
public class AuditOpeningTests
{
    private TrailFolder folder = null!;

    [SetUp]
    public async Task MakeFolder()
    {
        folder = new TrailFolder();
        await folder.Append(5);
    }

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase("audit.ndjson", "The audit trail")]
    [TestCase("keys/audit.key", "The key")]
    [TestCase("keys/audit-heads.key", "signs heads")]
    [TestCase("keys/audit-heads.ndjson", "The sealed heads")]
    public void WithoutOneOfItsFilesItIsNotOpened(string file, string told)
    {
        File.Delete(Path.Combine(folder.Root, file));
        AssertRefused(told, Path.GetFileName(file));
    }

    [Test]
    public void WithoutTrailAndKeyItIsNotOpened()
    {
        File.Delete(folder.Files.Trail);
        File.Delete(folder.Files.Key);
        AssertRefused("audit.ndjson is missing", "5 entries were sealed");
    }

    [Test]
    public void WithoutTrailAndHeadsItIsNotOpened()
    {
        File.Delete(folder.Files.Trail);
        File.Delete(folder.Files.Heads);
        AssertRefused("audit.ndjson is missing", "audit.key is there");
    }

    [Test]
    public async Task AnOlderCopyIsNotOpened()
    {
        var old = File.ReadAllBytes(folder.Files.Trail);
        await folder.Append(4, from: 5);
        File.WriteAllBytes(folder.Files.Trail, old);
        AssertRefused("entries 6 to 9 are missing");
    }

    [Test]
    public void ATrailCutToNothingIsNotOpened()
    {
        File.WriteAllText(folder.Files.Trail, "");
        AssertRefused("entries 1 to 5 are missing");
    }

    [Test]
    public async Task AnotherTrailOfTheSameKeyIsNotOpened()
    {
        using var other = new TrailFolder();
        Directory.CreateDirectory(Path.GetDirectoryName(other.Files.Key)!);
        File.Copy(folder.Files.Key, other.Files.Key);
        File.WriteAllText(other.Files.Trail, "");
        await other.Append(9, from: 100);
        File.Copy(other.Files.Trail, folder.Files.Trail, overwrite: true);
        AssertRefused("another trail than was sealed");
    }

    [Test]
    public void HeadsSignedBySomebodyElseAreNotTaken()
    {
        File.Delete(folder.Files.SealKey);
        SealKey.LoadOrCreate(folder.Files.SealKey).Dispose();
        AssertRefused("signed with another key");
    }

    [Test]
    public async Task ATrailOfAnEarlierVersionIsTakenOnAndSealed()
    {
        using var earlier = new TrailFolder();
        Directory.CreateDirectory(Path.GetDirectoryName(earlier.Files.Key)!);
        File.Copy(folder.Files.Key, earlier.Files.Key);
        var body = "{\"seq\":1,\"at\":\"2026-01-05T09:30:00Z\",\"role\":\"Broker\",\"of\":\"Broker/B001\",\"purpose\":\"kyc\",\"basis\":null,\"reason\":null,"
            + $"\"what\":[\"Client.name\"],\"whose\":[\"Person/x:1\"],\"answer\":\"00ff\",\"before\":\"{new string('0', 64)}\"";
        File.WriteAllText(earlier.Files.Trail, System.Text.Encoding.UTF8.GetString(AuditLine.Close(System.Text.Encoding.UTF8.GetBytes(body), KeyFile.Load(folder.Files.Key))) + "\n");
        Assert.That((await earlier.Append(1)).Sequence, Is.EqualTo(2));
        Assert.That((earlier.Verify().Faults, earlier.Verify().Heads), Is.EqualTo((Array.Empty<AuditFault>(), 2)));
    }

    [Test]
    public void AServerDoesNotStartWithoutItsTrail()
    {
        Assert.That(async () =>
        {
            var first = await TinyServer.Start(options => options with { DataDirectory = folder.Root });
            File.Delete(first.Options.Audit.Trail);
            await using var second = await TinyServer.Start(options => options with { DataDirectory = folder.Root });
        }, Throws.TypeOf<AuditLossException>().With.Message.Contains("audit renew"));
    }

    private void AssertRefused(params string[] told)
    {
        foreach (var check in new[] { AuditCheck.Whole, AuditCheck.SinceLastHead })
        {
            var refusal = Assert.Throws<AuditLossException>(() => folder.Open(check))!;
            foreach (var words in told) Assert.That(refusal.Message, Does.Contain(words));
            Assert.That(refusal.Message, Does.Contain("audit verify"));
        }
    }
}
