using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Server.Tests.Security.Audit;

public class AuditIndexTests
{
    private TrailFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TrailFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public async Task EntriesOfAnyOfAClientsRecordsAreFoundOnceNewestFirst()
    {
        await Append(Read("Broker", "A", "B"), Read("Broker", "C"), Read("Regulator", "B"), Read("Client", "A"), Read("Broker", "*", "?"));
        using var index = AuditIndex.Open(folder.Files);
        Assert.That(Sequences(index, "A", "B"), Is.EqualTo(new[] { 3, 1 }));
        Assert.That((index.Count(["A", "B"]), index.PlaceOf(["A", "B"], 1), index.Count(["D"])), Is.EqualTo((2, 1, 0)));
        Assert.That((index.Count(["A"], DateTimeOffset.UnixEpoch), index.Count(["A"], DateTimeOffset.UnixEpoch.AddDays(-1))), Is.EqualTo((1, 0)));
        await Append(Read("Analyst", "A"));
        Assert.That(Sequences(index, "A", "B"), Is.EqualTo(new[] { 6, 3, 1 }));
        Assert.That(index.Read(["A", "B"], 1, 1).Single().Sequence, Is.EqualTo(3));
    }

    [Test]
    public async Task WhatLeftThePlatformConcernsEveryoneOnceItHas()
    {
        var export = Read("Operator", ReadLedger.Everyone) with { Act = AuditAct.Export };
        await Append(export with { Stage = AuditStage.Begun }, export with { Stage = AuditStage.Done }, export with { Stage = AuditStage.Failed });
        using var index = AuditIndex.Open(folder.Files);
        Assert.That(Sequences(index, "anyone"), Is.EqualTo(new[] { 2 }));
    }

    [Test]
    public async Task MissingOrDamagedItIsMadeAgainFromTheTrail()
    {
        await Append(Read("Broker", "A"));
        using (var index = AuditIndex.Open(folder.Files)) Assert.That(index.Count(["A"]), Is.EqualTo(1));
        foreach (var left in Directory.GetFiles(folder.Root, "*.db-*")) File.Delete(left);
        File.WriteAllText(folder.Files.Index, new string('x', 8192));
        using (var index = AuditIndex.Open(folder.Files)) Assert.That(index.Count(["A"]), Is.EqualTo(1));
        File.Delete(folder.Files.Index);
        using (var index = AuditIndex.Open(folder.Files)) Assert.That(index.Count(["A"]), Is.EqualTo(1));
    }

    private static long[] Sequences(AuditIndex index, params string[] subjects) => [.. index.Read(subjects, 0, 10).Select(record => record.Sequence)];

    private static AuditEntry Read(string role, params string[] whose) => new(
        DateTimeOffset.UnixEpoch, AuditAct.Read, new AuditActor(role), [new AuditPart(["Person.name"], [.. whose])]);

    private async Task Append(params AuditEntry[] entries)
    {
        using var trail = folder.Open();
        foreach (var entry in entries) await trail.Append(entry, CancellationToken.None);
    }
}
