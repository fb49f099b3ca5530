using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Server.Tests.Security.Audit;

public class AuditRetentionTests
{
    private static readonly DateTimeOffset Begin = new(2019, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private TrailFolder folder = null!;

    [SetUp]
    public async Task MakeFolder()
    {
        folder = new TrailFolder();
        for (var year = 0; year < 6; year++) await AppendYear(year);
    }

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public async Task WhatIsLeftVerifiesWithTheSummaryAndWithHeadsOfBeforeAndAfter()
    {
        var heads = File.ReadAllLines(folder.Files.Heads).Select(SealedHead.Parse).ToList();
        var summary = Cut(years: 3)!;
        Assert.That((summary.Through.Sequence, summary.Counts["Read"], summary.From, summary.To), Is.EqualTo((30, 30, Begin, Begin.AddYears(2).AddDays(9))));
        foreach (var head in heads) Assert.That(folder.Verify(head).Faults, Is.Empty, $"head {head.Number}");
        Assert.That((await folder.Append(1)).Sequence, Is.EqualTo(61));
        var kept = folder.Verify();
        Assert.That((kept.Faults, kept.Summary!.Through, $"{kept.Summary}"), Is.EqualTo((Array.Empty<AuditFault>(), summary.Through, $"{summary}")));
    }

    [Test]
    public void ASecondCutSumsUpBoth()
    {
        Cut(years: 1);
        var summary = Cut(years: 4)!;
        Assert.That((summary.Through.Sequence, summary.Counts["Read"], summary.From), Is.EqualTo((40, 40, Begin)));
        Assert.That(folder.Verify().Faults, Is.Empty);
        Assert.That(Cut(years: 4), Is.Null);
    }

    [Test]
    public void ASummaryThatWasChangedIsFound()
    {
        Cut(years: 3);
        File.WriteAllText(folder.Files.Trail, File.ReadAllText(folder.Files.Trail).Replace("\"Read\":30", "\"Read\":29", StringComparison.Ordinal));
        Assert.That(folder.Verify().Faults[0].Text, Does.Contain("cut by retention was changed"));
        Assert.That(() => folder.Open(), Throws.TypeOf<AuditLossException>());
    }

    [Test]
    public async Task WhoHasTheTrailOpenGoesOnAppending()
    {
        using (var trail = folder.Open())
        {
            Cut(years: 3);
            Assert.That(await trail.Append(TrailFolder.Entry(1), CancellationToken.None), Is.EqualTo(61));
        }

        Assert.That(folder.Verify().Faults, Is.Empty);
        using var quick = folder.Open(AuditCheck.SinceLastHead);
        Assert.That(quick.Head.Sequence, Is.EqualTo(61));
    }

    [Test]
    public void TheIndexIsMadeAgainAfterACut()
    {
        using var index = AuditIndex.Open(folder.Files);
        Assert.That(index.Count(["Person/x:1"]), Is.EqualTo(60));
        Cut(years: 3);
        Assert.That(index.Count(["Person/x:1"]), Is.EqualTo(30));
        Assert.That(index.Read(["Person/x:1"], 29, 5).Single().Sequence, Is.EqualTo(31));
    }

    private TrailSummary? Cut(int years) => AuditRetention.Cut(folder.Files, TimeProvider.System, Begin.AddYears(years));

    private async Task AppendYear(int year)
    {
        using var trail = folder.Open();
        for (var day = 0; day < 10; day++)
            await trail.Append(TrailFolder.Entry(day, "Person/x:1") with { At = Begin.AddYears(year).AddDays(day) }, CancellationToken.None);
    }
}
