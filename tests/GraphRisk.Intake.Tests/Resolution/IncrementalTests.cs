using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Intake.Resolution;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Review;
using GraphRisk.Matching.Identifiers;
using GraphRisk.Stores;
using GraphRisk.TestKit;

namespace GraphRisk.Intake.Tests.Resolution;

/// <summary>Loading files one after another, with reviews and corrections between, ends as loading all at once.</summary>
public sealed class IncrementalTests
{
    private static readonly string[] Names = ["张伟", "張偉", "ZHANG WEI", "李晓明", "李小明", "Li Xiaoming", "王芳", "王某某", "曾国强", "Zeng Guoqiang"];

    [Test]
    public async Task ManyRunsEndAsOneRunOverEverything()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var stepwise = new ResolutionBench(new ResolutionOptions { MostMembers = 8 });
            var atOnce = new ResolutionBench(new ResolutionOptions { MostMembers = 8 });
            await PlayAsync(stepwise, seed, () => stepwise.ResolveAsync());
            await PlayAsync(atOnce, seed, () => Task.CompletedTask);
            await stepwise.ResolveAsync();
            await atOnce.ResolveAsync();
            Assert.That(await LedgerAsync(stepwise), Is.EqualTo(await LedgerAsync(atOnce)), $"seed {seed}");
            Assert.That((await stepwise.ResolveAfreshAsync()).Asserted, Is.Zero, $"seed {seed}: a fresh run finds nothing to add");
        }
    }

    /// <summary>A block that grows past what is compared pair by pair, and whose anchors come and go.</summary>
    [Test]
    public async Task ALargeBlockEndsAsInOneRunWhateverOrderItsRecordsComeIn()
    {
        var random = new Random(3);
        var records = Enumerable.Range(0, 140).Select(at => ResolutionBench.Person($"r{at}", "name=王伟", "phone=13900139000", $"address=上海市世纪大道{at / 2}号")).ToArray();
        random.Shuffle(records);
        var (stepwise, atOnce) = (new ResolutionBench(), new ResolutionBench());
        await stepwise.AddAsync(records[..95]);
        await stepwise.ResolveAsync();
        foreach (var record in records[95..])
        {
            await stepwise.AddAsync(record);
            await stepwise.ResolveAsync();
        }

        foreach (var gone in records.Where((_, at) => at % 7 == 0))
        {
            await stepwise.RetractAsync(gone);
            await stepwise.ResolveAsync();
        }

        await atOnce.AddAsync(records.Where((_, at) => at % 7 != 0).Reverse());
        await atOnce.ResolveAsync();
        Assert.That(await LedgerAsync(stepwise), Is.Not.Empty.And.EqualTo(await LedgerAsync(atOnce)));
    }

    [Test]
    public async Task AStoreInAFileEndsAsOneInMemory()
    {
        using var folder = new TemporaryFolder();
        for (var seed = 1000; seed < 1005; seed++)
        {
            await using var store = GraphStores.OpenSqlite(folder.PathOf($"{seed}.db"), ResolutionBench.Schema);
            var (inFile, inMemory) = (new ResolutionBench(store: store), new ResolutionBench());
            await PlayAsync(inFile, seed, () => inFile.ResolveAsync());
            await PlayAsync(inMemory, seed, () => inMemory.ResolveAsync());
            await inFile.ResolveAsync();
            await inMemory.ResolveAsync();
            Assert.That(await LedgerAsync(inFile), Is.EqualTo(await LedgerAsync(inMemory)), $"seed {seed}");
        }
    }

    private static async Task PlayAsync(ResolutionBench bench, int seed, Func<Task> between)
    {
        var random = new Random(seed);
        var known = new List<NodeFact>();
        for (var file = 0; file < 4; file++)
        {
            var records = Enumerable.Range(0, random.Next(3, 25)).Select(row => Draw(random, $"f{file}r{row}")).ToList();
            await bench.AddAsync(records);
            known.AddRange(records);
            await between();
            if (random.Next(2) == 0) await ReviewAsync(bench, random, known);
            if (random.Next(2) == 0)
            {
                // A correction: the record is stated again, otherwise.
                var at = random.Next(known.Count);
                var corrected = Draw(random, known[at].Provenance.RecordKey);
                await bench.AddAsync(corrected);
                known[at] = corrected;
            }
        }
    }

    private static async Task ReviewAsync(ResolutionBench bench, Random random, List<NodeFact> known)
    {
        var (left, right) = (known[random.Next(known.Count)].Node, known[random.Next(known.Count)].Node);
        var verdict = (Verdict)random.Next(3);
        try
        {
            await bench.Reviews.JudgeAsync(left, right, verdict, "wang", "seen", bench.NextInstant());
        }
        catch (ReviewRefusedException refused)
        {
            Assert.That(refused.Refusal, Is.EqualTo(ReviewRefusal.NotComparable).Or.EqualTo(ReviewRefusal.Conflict));
        }
    }

    internal static NodeFact Draw(Random random, string key)
    {
        var birth = new DateOnly(1980, 1, 1).AddDays(random.Next(3));
        var fields = new List<string> { $"name={Names[random.Next(Names.Length)]}" };
        if (random.Next(2) == 0) fields.Add($"birthDate={birth:yyyy-MM-dd}");
        if (random.Next(3) == 0) fields.Add($"phone=1380013800{random.Next(3)}");
        if (random.Next(4) == 0) fields.Add($"address=上海市世纪大道{random.Next(2)}号");
        if (random.Next(3) == 0) fields.Add($"residentId={DrawId(random, birth)}");
        if (random.Next(6) == 0) fields.Add("passport=CN-E1234567" + random.Next(2));
        return ResolutionBench.Person(key, [.. fields]);
    }

    private static string DrawId(Random random, DateOnly birth)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"310101{birth:yyyyMMdd}{random.Next(2):000}");
        return random.Next(5) == 0 ? body + "X" : body + ResidentIdentity.CheckCharacter(body);
    }

    internal static async Task<string[]> LedgerAsync(ResolutionBench bench) =>
        [.. (await bench.JudgementsAsync()).Select(judgement =>
            $"{judgement.Left} {judgement.Right} {judgement.Verdict} {judgement.Score} {judgement.Judge} {string.Join("; ", judgement.Reasons)}")];
}
