using System.Collections.Immutable;
using GraphRisk.Matching.Blocking;
using GraphRisk.Matching.Records;
using GraphRisk.Matching.Tests.Linkage;

namespace GraphRisk.Matching.Tests.Blocking;

public sealed class CandidatePairsTests
{
    [Test]
    public void EachPairThatARuleOrARefinementKeepsIsShownOnce()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (cap, records) = (random.Next(2, 8), random.Next(2, 60));
            var table = SmallTables.Of(
                [("a", AttributeKind.Category), ("b", AttributeKind.Category), ("c", AttributeKind.Category), ("words", AttributeKind.Text)],
                [.. Enumerable.Range(0, records).Select(_ => new[] { Cell(random, 3), Cell(random, 4), Cell(random, 5), $"{Cell(random, 4)} {Cell(random, 4)}".Trim() })]);
            BlockingAtom[] atoms = [.. table.Attributes.Select((column, i) => new BlockingAtom(column.Name, i == 3 ? KeyPart.Words : KeyPart.Whole, [column], 1u << i))];
            ImmutableArray<BlockingRule> rules = [new([atoms[0]], [atoms[1], atoms[2]]), new([atoms[1], atoms[2]], [atoms[0]]), new([atoms[3]], [atoms[0], atoms[2]])];
            var candidates = new CandidatePairs(rules, [.. Enumerable.Range(0, records)], cap, CancellationToken.None);
            var visitors = Enumerable.Range(0, 2).Select(_ => new Seen()).ToArray();
            var reports = candidates.Show(visitors, 1, CancellationToken.None);
            var shown = visitors.SelectMany(visitor => visitor.Pairs).Order().ToList();
            var expected = Naive(rules, records, cap);
            Assert.That(shown, Is.EqualTo(expected.Order()), $"seed {seed}");
            Assert.That(reports.Sum(report => report.Pairs), Is.EqualTo(shown.Count));
            for (var i = 0; i < records; i++)
                for (var j = i + 1; j < records; j++) Assert.That(candidates.Holds(i, j), Is.EqualTo(expected.Contains((i, j))), $"seed {seed}: {i} {j}");
        }
    }

    private static string Cell(Random random, int values) => random.Next(8) == 0 ? "" : $"v{random.Next(values)}";

    private static HashSet<(int, int)> Naive(ImmutableArray<BlockingRule> rules, int records, int cap)
    {
        var pairs = new HashSet<(int, int)>();
        foreach (var rule in rules)
        {
            var blocks = new Dictionary<string, List<int>>();
            for (var record = 0; record < records; record++)
                foreach (var key in KeysOf(rule.Atoms, record)) (blocks.TryGetValue(key, out var block) ? block : blocks[key] = []).Add(record);
            foreach (var block in blocks.Values)
            {
                Keep(block, rule.Refinements, cap, pairs);
                if (block.Count > cap) pairs.UnionWith(block.Zip(block.Skip(1)));
            }
        }

        return pairs;
    }

    private static void Keep(List<int> block, ImmutableArray<BlockingAtom> refinements, int cap, HashSet<(int, int)> pairs)
    {
        if (block.Count <= cap)
        {
            foreach (var left in block)
                foreach (var right in block.Where(right => right > left)) pairs.Add((left, right));
            return;
        }

        for (var i = 0; i < refinements.Length; i++)
            foreach (var part in block.GroupBy(record => KeysOf([refinements[i]], record).SingleOrDefault()).Where(part => part.Key is not null))
                Keep([.. part], refinements[(i + 1)..], cap, pairs);
    }

    private static IEnumerable<string> KeysOf(ImmutableArray<BlockingAtom> atoms, int record)
    {
        IEnumerable<string> keys = [""];
        foreach (var atom in atoms)
        {
            var own = new List<ulong>();
            atom.AddKeys(record, own);
            keys = keys.SelectMany(key => own.Select(part => $"{key}.{part}")).ToList();
        }

        return keys;
    }

    private sealed class Seen : IPairVisitor
    {
        public List<(int, int)> Pairs { get; } = [];

        public void Visit(int left, int right) => Pairs.Add((left, right));
    }
}
