using System.Globalization;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Screening;
using GraphRisk.Matching.Values;
using GraphRisk.Simulation.People;

namespace GraphRisk.Matching.Tests.Screening;

/// <summary>What a probability means: of hits told with 0.9, nine in ten are right. Held on two populations that share no table with each other.</summary>
public sealed class ScreeningCalibrationTests
{
    /// <summary>Most that probabilities are off, on average over hits, in ten equal classes.</summary>
    private const double MostOff = 0.05;

    [TestCase(11)]
    [TestCase(12)]
    public void OfMadeUpNamesTheProbabilityOfAHitIsHowOftenItIsRight(int seed)
    {
        var lists = new RandomLists(seed);
        var population = lists.Population(20_000);
        var questions = Enumerable.Range(0, 1500).Select(_ => lists.Next(5) == 0 ? population[lists.Next(1000)] : population[1000 + lists.Next(19_000)]).Select(who => (who.Id, lists.Ask(who))).ToList();
        Hold(ScreeningIndex.Of(population[..1000]), questions, 0.95);
    }

    [TestCase(3ul)]
    [TestCase(4ul)]
    public void OfGeneratedPeopleTheProbabilityOfAHitIsHowOftenItIsRight(ulong seed)
    {
        using var file = new StringWriter();
        PeopleGenerator.Write(40_000, seed, file);
        var records = file.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))
            .Where(cells => cells[1].Length > 1 && cells[2].Length > 0)
            .Select(cells => (Person: cells[^1], Name: $"{cells[1]} {cells[2]}", Day: PartialDay.Parse(cells[3]))).ToList();

        // One record of every tenth person with several is listed, and another one is asked about; so is one of everybody else.
        var persons = records.GroupBy(record => record.Person).ToList();
        var listed = persons.Where(person => person.Count() > 1).Where((_, at) => at % 10 == 0).Select(person => person.Key).ToHashSet();
        var index = ScreeningIndex.Of(persons.Where(person => listed.Contains(person.Key)).Select(person => new ListEntry(person.Key, NameKind.Person, [person.First().Name]) { Days = Known(person.First().Day), Lists = ["made up"] }));
        var questions = persons.Select((person, at) => (person.Key, new ScreeningQuery(person.Last().Name, NameKind.Person) { Days = at % 2 == 0 ? Known(person.Last().Day) : [] })).ToList();
        Hold(index, questions, 0.8);

        static System.Collections.Immutable.ImmutableArray<PartialDay> Known(PartialDay? day) => day is { } known ? [known] : [];
    }

    private static void Hold(ScreeningIndex index, List<(string Id, ScreeningQuery Query)> questions, double leastFound)
    {
        var listed = index.Entries.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        var parameters = new ScreeningParameters { Prior = (double)questions.Count(question => listed.Contains(question.Id)) / questions.Count };
        var (bins, found) = (new (double Sum, int Right, int Count)[10], 0);
        foreach (var (id, query) in questions)
        {
            var hits = index.Screen(query, parameters);
            if (hits.Any(hit => hit.Entry.Id == id)) found++;
            foreach (var hit in hits)
            {
                ref var bin = ref bins[Math.Min(9, (int)(hit.Probability * 10))];
                bin = (bin.Sum + hit.Probability, bin.Right + (hit.Entry.Id == id ? 1 : 0), bin.Count + 1);
            }
        }

        TestContext.Out.WriteLine(string.Join('\n', bins.Select(bin => string.Create(CultureInfo.InvariantCulture, $"{bin.Count,6} hits, told {bin.Sum / bin.Count:0.000}, right {(double)bin.Right / bin.Count:0.000}"))));
        var off = bins.Sum(bin => Math.Abs(bin.Sum - bin.Right)) / bins.Sum(bin => bin.Count);
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"off {off:0.0000}, found {found} of {questions.Count(question => listed.Contains(question.Id))}"));
        Assert.Multiple(() =>
        {
            Assert.That(off, Is.LessThan(MostOff), "expected calibration error");
            Assert.That((double)bins[9].Right / bins[9].Count, Is.GreaterThan(0.9), "right among hits told with 0.9 and more");
            Assert.That((double)found / questions.Count(question => listed.Contains(question.Id)), Is.GreaterThan(leastFound), "recall");
        });
    }
}
