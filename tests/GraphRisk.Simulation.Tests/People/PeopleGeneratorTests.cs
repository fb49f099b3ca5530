using GraphRisk.Simulation.People;

namespace GraphRisk.Simulation.Tests.People;

/// <summary>The file of people is the same for a seed, is as large as asked for, and asks of record linkage what people's files ask.</summary>
public sealed class PeopleGeneratorTests
{
    private static readonly string Text = Written(20_000, 7);
    private static readonly string[][] Rows = [.. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))];

    [Test]
    public void TheSameSeedGivesTheSameBytesAndAnotherGivesOthers()
    {
        Assert.That(Written(20_000, 7), Is.EqualTo(Text));
        Assert.That(Written(20_000, 8), Is.Not.EqualTo(Text));
    }

    [Test]
    public void EveryRowHasItsCellsAndANumberOfItsOwn()
    {
        Assert.That(Rows, Has.Length.EqualTo(20_000));
        Assert.That(Rows.Select(row => row.Length), Is.All.EqualTo(10));
        Assert.That(Rows.Select(row => row[0]), Is.Unique);
    }

    [Test]
    public void APersonIsWrittenDownOnceToSixTimesAndInNoOrder()
    {
        var copies = Rows.GroupBy(row => row[9]).Select(person => person.Count()).ToList();
        Assert.That(copies.Max(), Is.LessThanOrEqualTo(6));
        Assert.That(copies.Count(count => count > 1), Is.GreaterThan(copies.Count / 3));
        Assert.That(Rows.Zip(Rows.Skip(1)).Count(pair => pair.First[9] == pair.Second[9]), Is.LessThan(20));
    }

    [Test]
    public void NamesakesAndHouseholdsMakeOneValueTooLittle()
    {
        // Of pairs with a telephone in common a good part is of one household, not of one person; and so with whole names.
        Assert.That(PartOfOnePerson(Rows.Where(row => row[7].Length > 0).GroupBy(row => row[7].Replace(" ", ""))), Is.InRange(0.5, 0.8));
        Assert.That(PartOfOnePerson(Rows.Where(row => row[1].Length > 1).GroupBy(row => row[1] + row[2])), Is.InRange(0.5, 0.99));
    }

    private static double PartOfOnePerson(IEnumerable<IGrouping<string, string[]>> groups)
    {
        var (one, all) = (0, 0);
        foreach (var people in groups.Select(group => group.Select(row => row[9]).ToList()))
            for (var i = 1; i < people.Count; i++)
                for (var j = 0; j < i; j++)
                {
                    all++;
                    if (people[i] == people[j]) one++;
                }

        return (double)one / all;
    }

    private static string Written(int records, ulong seed)
    {
        using var writer = new StringWriter();
        PeopleGenerator.Write(records, seed, writer);
        return writer.ToString();
    }
}
