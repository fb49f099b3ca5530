using GraphRisk.Matching.Linkage;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Tests.Linkage;

/// <summary>Tables of every make-up, drawn by a seed, in the order they were made and in others: the clusters are the same, and so are all scores.</summary>
public sealed class OrderTests
{
    private static readonly AttributeKind[] Kinds =
    [
        AttributeKind.PersonName, AttributeKind.OrganisationName, AttributeKind.GivenName, AttributeKind.Surname, AttributeKind.BirthDate, AttributeKind.Address, AttributeKind.Phone,
        AttributeKind.Email, AttributeKind.Identifier, AttributeKind.City, AttributeKind.Category, AttributeKind.RecordType, AttributeKind.Website, AttributeKind.Number,
    ];

    [Test]
    public void NeitherRecordsNorColumnsHaveAnOrder([Range(1, 24)] int seed)
    {
        var random = new Random(seed);
        var table = Drawn(random);
        var first = new LinkageRun(table).Run();
        var (shuffled, before) = SmallTables.Shuffled(table, seed);
        var second = new LinkageRun(shuffled).Run();
        Assert.That(Groups(second, before), Is.EqualTo(Groups(first, [.. Enumerable.Range(0, table.Count)])));
        foreach (var pair in second.Pairs.Take(50))
            Assert.That(first.Explain(before[pair.Left], before[pair.Right]).Bits, Is.EqualTo(pair.Bits).Within(1e-6));
    }

    private static List<string> Groups(LinkageResult result, int[] before) =>
        [.. Enumerable.Range(0, before.Length).GroupBy(record => result.ClusterOf[record]).Select(cluster => string.Join(' ', cluster.Select(record => before[record]).Order())).Order(StringComparer.Ordinal)];

    private static RecordTable Drawn(Random random)
    {
        AttributeKind[] kinds = [.. Kinds.Where(_ => random.Next(2) == 0).DefaultIfEmpty(AttributeKind.PersonName)];
        var (count, rows) = (40 + random.Next(120), new List<string[]>());
        while (rows.Count < count)
        {
            string[] row = [.. kinds.Select(kind => Value(kind, random))];
            for (var copy = random.Next(4); copy >= 0 && rows.Count < count; copy--)
                rows.Add([.. row.Select((cell, i) => random.Next(6) == 0 ? "" : random.Next(8) == 0 ? Value(kinds[i], random) : random.Next(9) == 0 && kinds[i] != AttributeKind.RecordType ? $"{cell}|{Value(kinds[i], random)}" : cell)]);
        }

        return SmallTables.Of([.. kinds.Select((kind, i) => ($"c{i}", kind))], rows);
    }

    private static string Value(AttributeKind kind, Random random) => kind switch
    {
        AttributeKind.BirthDate => $"19{random.Next(40, 99)}-{random.Next(1, 13):00}-{random.Next(1, 29):00}",
        AttributeKind.Phone or AttributeKind.Identifier => $"{random.Next(100_000, 100_120)}{random.Next(10)}",
        AttributeKind.Email => $"{Word(random)}@{Word(random)}.org",
        AttributeKind.Website => $"{Word(random)}.com",
        AttributeKind.Number => $"{random.Next(1, 50)}",
        AttributeKind.RecordType => random.Next(2) == 0 ? "person" : "organisation",
        AttributeKind.PersonName or AttributeKind.OrganisationName => $"{Word(random)} {Word(random)}",
        AttributeKind.Address => $"{random.Next(1, 40)} {Word(random)} st",
        _ => Word(random),
    };

    private static string Word(Random random) => $"{"bdfglmnprst"[random.Next(11)]}{"aeiou"[random.Next(5)]}{"lmnrst"[random.Next(6)]}{"aeiou"[random.Next(5)]}";
}
