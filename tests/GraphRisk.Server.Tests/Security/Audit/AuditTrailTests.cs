using System.Text;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Server.Tests.Security.Audit;

public class AuditTrailTests
{
    private TrailFolder folder = null!;

    private string TrailPath => folder.Files.Trail;

    [SetUp]
    public void MakeFolder() => folder = new TrailFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public async Task AnEntrySaysWhoWhenWhyWhatWhoseAndTheHashOfTheAnswer()
    {
        await folder.Append(1);
        Assert.That(File.ReadAllText(TrailPath), Does.StartWith(
            "{\"seq\":1,\"at\":\"2026-01-05T09:30:00Z\",\"act\":\"Read\",\"role\":\"Broker\",\"of\":\"Broker/B001\",\"purpose\":\"kyc\","
            + "\"basis\":\"Anti-Money Laundering Law 2024; the client's margin contract\",\"reason\":\"审计\",\"what\":[\"Client.name\"],"
            + "\"whose\":[\"Person/registry:P0\"],\"answer\":\"00ff\",\"before\":\"" + new string('0', 64) + "\",\"hash\":\""));
    }

    [Test]
    public async Task AnEntryIsReadBackAsItWasFiled()
    {
        var filed = TrailFolder.Entry(1) with
        {
            Parts = [new(["A.b", "C.d"], ["Person/x:1"]), new(["E.f"], ["?"], "FORBIDDEN")], Stage = AuditStage.Failed, Follows = 7, Count = 3, Detail = "\"\n{",
        };
        using (var trail = folder.Open()) await trail.Append(filed, CancellationToken.None);
        var read = AuditLine.Read(Encoding.UTF8.GetBytes(File.ReadAllLines(TrailPath).Single()));
        Assert.That(read.Sequence, Is.EqualTo(1));
        Assert.That(read.Entry with { Parts = [] }, Is.EqualTo(filed with { Parts = [] }));
        Assert.That(read.Entry.Parts.Select(part => (string.Join(' ', part.What), part.Whose.Single(), part.Code)), Is.EqualTo(
            new[] { ("A.b C.d", "Person/x:1", null), ("E.f", "?", "FORBIDDEN") }));
    }

    [Test]
    public async Task TheTrailGoesOnWhereItEnded()
    {
        var first = await folder.Append(3);
        var second = await folder.Append(2);
        Assert.That((first.Sequence, second.Sequence), Is.EqualTo((3, 5)));
        Assert.That(folder.Verify().Head, Is.EqualTo(second));
        Assert.That(folder.Verify().Faults, Is.Empty);
    }

    [TestCase(new[] { 0, 2 })]
    [TestCase(new[] { 1, 0, 2 })]
    [TestCase(new[] { 0, 1, 1, 2 })]
    [TestCase(new[] { 1, 2 })]
    [TestCase(new[] { 0, 1 })]
    public async Task ATrailWithALineDroppedMovedOrRepeatedIsNotOpened(int[] kept)
    {
        await folder.Append(3);
        var lines = File.ReadAllLines(TrailPath);
        File.WriteAllText(TrailPath, string.Concat(kept.Select(line => lines[line] + "\n")));
        Assert.That(() => folder.Open(), Throws.TypeOf<AuditLossException>().With.Message.Contains("entr"));
        if (kept.Length != lines.Length) Assert.That(() => folder.Open(AuditCheck.SinceLastHead), Throws.TypeOf<AuditLossException>());
    }

    [Test]
    public async Task ALineTornByACrashIsCutOffAndTheTrailGoesOn()
    {
        var whole = await folder.Append(2);
        File.AppendAllText(TrailPath, "{\"seq\":3,\"at\":\"20");
        Assert.That((await folder.Append(1)).Sequence, Is.EqualTo(whole.Sequence + 1));
        Assert.That(folder.Verify().Faults, Is.Empty);
    }

    [Test]
    public async Task EntriesAppendedTogetherFormOneChain()
    {
        using (var trail = folder.Open())
            await Parallel.ForAsync(0, 200, async (i, cancellation) => await trail.Append(TrailFolder.Entry(i), cancellation));
        Assert.That((folder.Verify().Head.Sequence, folder.Verify().IsWhole), Is.EqualTo((200, true)));
    }

    [Test]
    public async Task TwoWhoAppendToOneFileLoseNothing()
    {
        using (var one = folder.Open())
        using (var other = folder.Open())
        {
            var numbers = await Task.WhenAll(Enumerable.Range(0, 300).Select(i =>
                (i % 2 == 0 ? one : other).Append(TrailFolder.Entry(i), CancellationToken.None).AsTask()));
            Assert.That(numbers, Is.Unique);
        }

        Assert.That((folder.Verify().Head.Sequence, folder.Verify().IsWhole), Is.EqualTo((300, true)));
        Assert.That(File.ReadLines(TrailPath).Select(line => AuditLine.Read(Encoding.UTF8.GetBytes(line)).Entry.Parts[0].Whose[0]).Distinct().Count(), Is.EqualTo(300));
    }

    [Test]
    public async Task ATextFullOfQuotesCanNotEndAnEntryEarly()
    {
        var sly = TrailFolder.Entry(0) with { Actor = new AuditActor("Broker", "\",\"hash\":\"00\"}\n{", "kyc") };
        using (var trail = folder.Open()) await trail.Append(sly, CancellationToken.None);
        Assert.That(File.ReadAllBytes(TrailPath).Count(b => b == (byte)'\n'), Is.EqualTo(1));
        Assert.That(folder.Verify().IsWhole);
        Assert.That(Encoding.UTF8.GetString(File.ReadAllBytes(TrailPath)), Does.Contain("\\u0022").Or.Contain("\\\""));
    }

    [Test]
    public async Task WhatIsChangedUnderItsHandsStopsTheAppending()
    {
        using var trail = folder.Open();
        await trail.Append(TrailFolder.Entry(0), CancellationToken.None);
        await trail.Append(TrailFolder.Entry(1), CancellationToken.None);
        var lines = File.ReadAllLines(TrailPath);
        File.WriteAllText(TrailPath, lines[0] + "\n");
        Assert.That(async () => await trail.Append(TrailFolder.Entry(2), CancellationToken.None), Throws.TypeOf<AuditLossException>().With.Message.Contains("entry 2"));
        File.Delete(TrailPath);
        Assert.That(async () => await trail.Append(TrailFolder.Entry(2), CancellationToken.None), Throws.TypeOf<AuditLossException>().With.Message.Contains("missing"));
    }

    [Test]
    public async Task FilesAreTheOwnersAlone()
    {
        if (OperatingSystem.IsWindows()) return;
        await folder.Append(1);
        foreach (var path in new[] { folder.Files.Trail, folder.Files.Key, folder.Files.SealKey, folder.Files.Heads, folder.Files.Lock })
            Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite), path);
    }
}
