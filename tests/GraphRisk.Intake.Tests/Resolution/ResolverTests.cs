using GraphRisk.Intake.Resolution;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Weights;
using GraphRisk.TestKit;
using static GraphRisk.Intake.Tests.Resolution.ResolutionBench;

namespace GraphRisk.Intake.Tests.Resolution;

public sealed class ResolverTests
{
    private const string Id = "residentId=360426199101010071";

    [Test]
    public async Task RecordsOfOneClientBecomeOneAndTheEarliestKeepsItsId()
    {
        var bench = new ResolutionBench();
        await bench.AddAsync(
            Person("b1", "name=张伟", Id), Person("b2", "name=ZHANG WEI", Id), Person("list", "name=张伟", "birthDate=1991-01-01"),
            Person("other", "name=张伟", "birthDate=1970-05-05"));
        var summary = await bench.ResolveAsync();
        var judgement = await bench.JudgementAsync(PersonId("b1"), PersonId("b2"));
        Assert.Multiple(async () =>
        {
            Assert.That(await bench.GroupsAsync(), Is.EqualTo("b1+b2+list"));
            Assert.That(judgement, Has.Property(nameof(Judgement.Verdict)).EqualTo(Verdict.Match).And.Property(nameof(Judgement.ByPerson)).False);
            Assert.That(judgement!.Score, Is.EqualTo(1m));
            Assert.That(summary.Records, Is.EqualTo(4));
            Assert.That(summary.Asserted, Is.EqualTo((await bench.JudgementsAsync()).Count));
        });
    }

    [Test]
    public async Task ResolvingAgainChangesNothing()
    {
        var bench = new ResolutionBench();
        await bench.AddAsync(Person("a", "name=张伟", Id), Person("b", "name=张伟", Id));
        var version = (await bench.ResolveAsync()).Version;
        Assert.That((await bench.ResolveAsync()).Version, Is.EqualTo(version));
        Assert.That((await bench.ResolveAfreshAsync()).Version, Is.EqualTo(version));
    }

    [Test]
    public async Task MaskedNamesAndUnknownPersonsAreNeverMerged()
    {
        var bench = new ResolutionBench();
        await bench.AddAsync(
            Person("a", "name=顾某某", "birthDate=1991-01-01", "phone=13800138001"), Person("b", "name=顾某某", "birthDate=1991-01-01", "phone=13800138001"),
            Person("c", "name=Unknown Person", "kind=UNKNOWN", "birthDate=1991-01-01"), Person("d", "name=Unknown Person", "kind=UNKNOWN", "birthDate=1991-01-01"));
        await bench.ResolveAsync();
        Assert.That(await bench.JudgementsAsync(), Is.Empty);
    }

    [Test]
    public async Task AFillerInTheNumberFieldGluesNobody()
    {
        var bench = new ResolutionBench();
        await bench.AddAsync(
            Person("a", "name=张伟", "residentId=111111111111111111"), Person("b", "name=张伟", "residentId=111111111111111111"),
            Person("c", "name=张伟", "passport=CN-00000000"), Person("d", "name=张伟", "passport=CN-00000000"));
        await bench.ResolveAsync();
        Assert.That(await bench.JudgementsAsync(), Is.Empty);
    }

    [Test]
    public async Task ANumberUnderTooManyNamesIsReportedAndIsNoEvidence()
    {
        var bench = new ResolutionBench();
        string[] names = ["张伟", "李强", "王芳", "赵敏", "孙丽", "周杰", "张伟"];
        await bench.AddAsync(names.Select((name, i) => Person($"p{i}", $"name={name}", Id, "phone=13800138001")));
        var summary = await bench.ResolveAsync();
        Assert.That(await bench.GroupsAsync(), Is.EqualTo("p0+p6"), "namesakes with the birth date of the number, the number itself counts for nothing");
        Assert.That(summary.SharedValues.Select(value => $"{value.Value} {value.Records} {value.Names}"), Is.EqualTo(new[]
        {
            "PHONE 13800138001 7 6", "RESIDENT_ID 360426199101010071 7 6",
        }));
    }

    [Test]
    public async Task AValueThatBecomesSuspiciousUndoesWhatItHadJoined()
    {
        var bench = new ResolutionBench();
        await bench.AddAsync(Person("a", "name=张伟", "phone=13800138001"), Person("b", "name=张伟", "phone=13800138001"));
        await bench.ResolveAsync();
        Assert.That(await bench.GroupsAsync(), Is.EqualTo("a+b"));
        await bench.AddAsync(new[] { "李强", "王芳", "赵敏", "孙丽", "周杰" }.Select((name, i) => Person($"p{i}", $"name={name}", "phone=13800138001")));
        await bench.ResolveAsync();
        Assert.That(await bench.GroupsAsync(), Is.Empty);
    }

    [Test]
    public async Task ABridgeBetweenContradictingRecordsIsSetAside()
    {
        var bench = new ResolutionBench();
        await bench.AddAsync(
            Person("father", "name=张伟", "phone=13800138001", "residentId=360426199101010071"),
            Person("bridge", "name=张伟", "phone=13800138001", "birthDate=1991-01-01"),
            Person("other", "name=张伟", "address=上海市世纪大道100号", "residentId=11010519491231002X"),
            Person("link", "name=张伟", "address=上海市世纪大道100号", "phone=13800138001"));
        var summary = await bench.ResolveAsync();
        var aside = await bench.JudgementAsync(PersonId("other"), PersonId("link"));
        Assert.Multiple(async () =>
        {
            Assert.That(await bench.GroupsAsync(), Is.EqualTo("bridge+father"));
            Assert.That(aside!.IsSetAside, Is.True);
            Assert.That(aside.Reasons[0], Does.StartWith("set aside: ").And.Contains(": different-"));
            Assert.That(summary.SetAside, Is.EqualTo(3));
        });
    }

    [Test]
    public async Task ARecordThatFitsTwoNamesakesEquallyJoinsNeither()
    {
        var bench = new ResolutionBench();
        // Father and son of one name share the telephone with a record that has no number.
        await bench.AddAsync(
            Person("father", "name=张伟", "phone=13800138001", "residentId=360426199101010071"),
            Person("either", "name=张伟", "phone=13800138001"),
            Person("son", "name=张伟", "phone=13800138001", "residentId=11010519491231002X"));
        var summary = await bench.ResolveAsync();
        Assert.Multiple(async () =>
        {
            Assert.That(await bench.GroupsAsync(), Is.Empty);
            Assert.That(summary.SetAside, Is.EqualTo(2));
            Assert.That((await bench.JudgementAsync(PersonId("either"), PersonId("son")))!.Reasons[0], Does.Contain("equally well"));
            Assert.That((await bench.JudgementAsync(PersonId("father"), PersonId("son")))!.Verdict, Is.EqualTo(Verdict.NoMatch));
        });
    }

    [Test]
    public async Task ACorrectedRecordLeavesItsGroup()
    {
        var bench = new ResolutionBench();
        await bench.AddAsync(Person("a", "name=张伟", Id), Person("b", "name=张伟", Id));
        await bench.ResolveAsync();
        await bench.AddAsync(Person("b", "name=张伟", "residentId=11010519491231002X"));
        await bench.ResolveAsync();
        Assert.That(await bench.GroupsAsync(), Is.Empty);
        Assert.That((await bench.JudgementsAsync()).Count(judgement => judgement.Verdict == Verdict.Match), Is.Zero);
    }

    [Test]
    public async Task ARecordTakenBackTakesItsJudgementsWithIt()
    {
        var bench = new ResolutionBench();
        var gone = Person("b", "name=张伟", Id);
        await bench.AddAsync(Person("a", "name=张伟", Id), gone);
        await bench.ResolveAsync();
        await bench.RetractAsync(gone);
        await bench.ResolveAsync();
        Assert.That(await bench.JudgementsAsync(), Is.Empty);
    }

    [Test]
    public async Task ANameHeldEarlierStillTellsWhoItIs()
    {
        var bench = new ResolutionBench();
        await bench.AddAsync(
            Company("registry", "name=上海旧名贸易有限公司", "uscc=91110000600037341L", "region=11", "since=2010-01-01"),
            Company("registry", "name=上海新名贸易有限公司", "uscc=91110000600037341L", "region=11", "since=2020-01-01"),
            Company("court", "name=上海旧名贸易有限公司", "region=11", "phone=02112345670"));
        await bench.ResolveAsync();
        var judgement = await bench.JudgementAsync(CompanyId("registry"), CompanyId("court"));
        Assert.That(judgement!.Judge, Does.Contain("former-name"));
    }

    /// <summary>The best-known of all stands in more records than are compared with each other.</summary>
    [Test]
    public async Task APartyInHundredsOfRecordsIsOne()
    {
        var bench = new ResolutionBench(new() { MostMembers = 1000 });
        await bench.AddAsync(Enumerable.Range(0, 600).Select(i => Company($"r{i:000}", $"name=上海{(i % 2 == 0 ? "华信" : "华新")}贸易有限公司", "uscc=91110000600037341L")));
        var summary = await bench.ResolveAsync();
        Assert.That((await bench.GroupsAsync()).Split('+'), Has.Length.EqualTo(600));
        Assert.That(summary.LargeBlocks, Is.Positive);
        Assert.That(summary.Pairs, Is.LessThan(600 * 20), "and not every pair");
        await bench.AddAsync(Company("r999", "name=上海华信贸易有限公司", "uscc=91110000600037341L"));
        Assert.That((await bench.ResolveAsync()).Pairs, Is.LessThan(40), "a newcomer is compared with the first ones");
        Assert.That((await bench.GroupsAsync()).Split('+'), Has.Length.EqualTo(601));
        Assert.That((await bench.ResolveAfreshAsync()).Asserted, Is.Zero);
    }

    /// <summary>A server resolves what it imports while somebody learns anew from the command line.</summary>
    [Test]
    public async Task WhatAnotherLearnsAnewIsTakenUp()
    {
        using var folder = new TemporaryFolder();
        var options = new ResolutionOptions { ModelFile = folder.PathOf("weights", "resolution.json") };
        var bench = new ResolutionBench(options);
        await bench.AddAsync(Person("a", "name=张伟", Id), Person("b", "name=张伟", Id));
        Assert.That((await bench.ResolveAsync()).Model, Is.EqualTo(ResolutionModel.Believed.Name));
        var person = ResolutionModel.Believed.Person;
        var other = new ResolutionModel(new KindModel(isPerson: true, 5000, person.Matches / 2, person.Shares), ResolutionModel.Believed.Company);
        ResolutionModelFile.Write(options.ModelFile!, other);
        File.SetLastWriteTimeUtc(options.ModelFile!, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.That((await bench.ResolveAfreshAsync()).Model, Is.EqualTo(other.Name));
        await bench.AddAsync(Person("c", "name=张伟", Id));
        Assert.That((await bench.ResolveAsync()).Model, Is.EqualTo(other.Name));
        Assert.That((await bench.JudgementsAsync()).Select(judgement => judgement.Judge), Has.All.StartsWith(other.Name));
    }
}
