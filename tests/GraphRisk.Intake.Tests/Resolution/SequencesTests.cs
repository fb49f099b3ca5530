using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Review;

namespace GraphRisk.Intake.Tests.Resolution;

/// <summary>
/// Random lives of a store: records come, change, begin to hold on another day, come again as they were, go and return; persons judge, revoke and judge anew; runs go on or
/// begin from nothing, and one of several goes on where others wrote. How many are played says <c>GRAPHRISK_SEQUENCES</c>; 100 without it.
/// </summary>
public sealed class SequencesTests
{
    private const int Steps = 14;

    private static readonly string[] Names = ["张伟", "張偉", "ZHANG WEI", "李晓明", "李小明", "Li Xiaoming", "王芳", "曾国强", "Zeng Guoqiang"];

    private static readonly int Sequences =
        int.TryParse(Environment.GetEnvironmentVariable("GRAPHRISK_SEQUENCES"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 100;

    [Test]
    public async Task WhatPersonsSaidHoldsIdsLeadOnAndStartingOverChangesNothing()
    {
        for (var seed = 0; seed < Sequences; seed++) await new Life(seed).PlayAsync();
    }

    [Test]
    public async Task TheOrderOfArrivalDoesNotMatter()
    {
        for (var seed = 0; seed < Sequences; seed++)
        {
            var random = new Random(seed);
            var records = Enumerable.Range(0, random.Next(5, 30)).Select(row => Draw(random, $"r{row:00}")).ToArray();
            var groups = new List<string>();
            for (var order = 0; order < 3; order++)
            {
                var bench = new ResolutionBench();
                foreach (var part in records.Chunk(random.Next(1, 10)))
                {
                    await bench.AddAsync(part);
                    if (random.Next(2) == 0) await bench.ResolveAsync();
                }

                await bench.ResolveAsync();
                groups.Add(await bench.GroupsAsync());
                random.Shuffle(records);
            }

            Assert.That(groups.Distinct().Count(), Is.EqualTo(1), $"seed {seed}: {string.Join(" / ", groups.Distinct())}");
        }
    }

    private static NodeFact Draw(Random random, string key)
    {
        var birth = new DateOnly(1980, 1, 1).AddDays(random.Next(3));
        var fields = new List<string> { $"name={Names[random.Next(Names.Length)]}" };
        if (random.Next(2) == 0) fields.Add($"birthDate={birth:yyyy-MM-dd}");
        if (random.Next(3) == 0) fields.Add($"phone=1380013800{random.Next(4)}");
        if (random.Next(4) == 0) fields.Add($"address=上海市世纪大道{random.Next(3)}号");
        if (random.Next(5) == 0) fields.Add("passport=CN-E1234567" + random.Next(3));
        if (random.Next(4) == 0) fields.Add($"since=20{random.Next(10, 20)}-01-01");
        return ResolutionBench.Person(key, [.. fields]);
    }

    private sealed class Life(int seed)
    {
        private readonly Random random = new(seed);
        private readonly ResolutionBench bench = new();
        private readonly List<NodeFact> standing = [];
        private readonly List<NodeFact> gone = [];
        private readonly Dictionary<FactId, int> order = [];
        private int born;

        public async Task PlayAsync()
        {
            for (var step = 0; step < Steps; step++)
            {
                await StepAsync();
                if (random.Next(3) > 0) continue;
                await (random.Next(4) == 0 ? bench.ResolveAfreshAsync() : bench.ResolveAsync());
                await CheckAsync();
            }

            await bench.ResolveAsync();
            await CheckAsync();
            Assert.That(await bench.ResolveAfreshAsync(), Has.Property("Asserted").Zero.And.Property("Retracted").Zero, $"seed {seed}: starting over changes nothing");
        }

        private async Task StepAsync()
        {
            switch (standing.Count < 4 ? 0 : random.Next(8))
            {
                case 0 or 1:
                    var records = Enumerable.Range(0, random.Next(1, 8)).Select(_ => Draw(random, $"p{born++}")).ToList();
                    foreach (var record in records) Take(record);
                    await bench.AddAsync(records);
                    break;
                case 2:
                    var before = standing[random.Next(standing.Count)];
                    var after = Draw(random, before.Provenance.RecordKey);
                    standing.Remove(before);
                    Take(after);
                    await bench.ReplaceAsync(before, after);
                    break;
                case 3:
                    await bench.AddAsync(standing[random.Next(standing.Count)]);
                    break;
                case 4 when gone.Count > 0 && random.Next(2) == 0:
                    var returns = gone[random.Next(gone.Count)];
                    gone.Remove(returns);
                    if (random.Next(2) == 0) returns = Draw(random, returns.Provenance.RecordKey);
                    Take(returns);
                    await bench.AddAsync(returns);
                    break;
                case 4:
                    var leaves = standing[random.Next(standing.Count)];
                    standing.Remove(leaves);
                    gone.Add(leaves);
                    await bench.RetractAsync(leaves);
                    break;
                default:
                    await ReviewAsync();
                    break;
            }
        }

        private void Take(NodeFact record)
        {
            standing.Add(record);
            order.TryAdd(record.Id, order.Count);
        }

        private async Task ReviewAsync()
        {
            var (left, right) = (standing[random.Next(standing.Count)].Node, standing[random.Next(standing.Count)].Node);
            try
            {
                if (random.Next(3) == 0) await bench.Reviews.RevokeAsync(left, right, "wang", "not the same papers", bench.NextInstant());
                else await bench.Reviews.JudgeAsync(left, right, (Verdict)random.Next(3), "wang", "seen", bench.NextInstant());
            }
            catch (ReviewRefusedException refused)
            {
                Assert.That(refused.Refusal, Is.Not.EqualTo(ReviewRefusal.UnknownParty), refused.Message);
            }
        }

        private async Task CheckAsync()
        {
            var version = (await bench.Store.GetVersionAsync()).Number;
            var clusters = await Clusters.ReadAsync(bench.Store, version);
            foreach (var judgement in (await bench.JudgementsAsync()).Where(judgement => judgement.ByPerson && judgement.Verdict != Verdict.Undecided))
                Assert.That(
                    AreOne(clusters, judgement.Left, judgement.Right), Is.EqualTo(judgement.Verdict == Verdict.Match),
                    $"seed {seed}: {judgement.Left} and {judgement.Right}, which a person judged {judgement.Verdict}");
            var snapshot = await new SnapshotProvider(bench.Store).GetAsync(DateTimeOffset.UnixEpoch.AddYears(60));
            foreach (var record in standing.Select(fact => fact.Node))
            {
                var node = snapshot.Nodes.Find(record);
                Assert.That(node, Is.GreaterThanOrEqualTo(0), $"seed {seed}: the id {record} leads to a party");
                var first = snapshot.Nodes.MembersOf(node).MinBy(member => order[standing.Find(fact => fact.Node == member)!.Id]);
                Assert.That(snapshot.Nodes.IdOf(node), Is.EqualTo(first), $"seed {seed}: a party has the id of its record known first");
            }
        }

        private static bool AreOne(Clusters clusters, NodeId left, NodeId right) => clusters.ClusterOf(left) is >= 0 and var cluster && cluster == clusters.ClusterOf(right);
    }
}
