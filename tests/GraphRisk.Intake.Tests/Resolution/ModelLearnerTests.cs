using System.Globalization;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Resolution.Blocking;
using GraphRisk.Intake.Resolution.Comparison;
using GraphRisk.Intake.Resolution.Decision;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Records;
using GraphRisk.Intake.Resolution.Weights;

namespace GraphRisk.Intake.Tests.Resolution;

/// <summary>Weights learned from records whose truth is known.</summary>
public sealed class ModelLearnerTests
{
    private const int Parties = 2000;
    private const double Moved = 0.3;

    [Test]
    public void SharesOfLevelsAreFoundWithoutTruth()
    {
        var (table, pairs, shared) = Invent(seed: 5);
        var model = ModelLearner.Learn(table, shared, pairs, [], 1, CancellationToken.None).Person;
        Assert.Multiple(() =>
        {
            Assert.That(Of(model, "different-phone").OfSame, Is.EqualTo(Moved).Within(0.04));
            Assert.That(Of(model, "same-phone").OfSame, Is.EqualTo(1 - Moved).Within(0.04));
            Assert.That(Of(model, "same-sex").OfOthers, Is.EqualTo(0.5).Within(0.02));
            Assert.That(Of(model, "same-birth-date").OfSame, Is.GreaterThan(0.9));
            Assert.That(model.Matches, Is.EqualTo(Parties / (Parties * 2.0 * ((Parties * 2) - 1) / 2)).Within(20).Percent);
        });
    }

    [Test]
    public void TheSameSeedTeachesTheSameAndOneHasLittleToDoWithAnother()
    {
        var (table, pairs, shared) = Invent(seed: 6);
        var model = ModelLearner.Learn(table, shared, pairs, [], 1, CancellationToken.None);
        Assert.That(ModelLearner.Learn(table, shared, pairs, [], 1, CancellationToken.None).ToJson(), Is.EqualTo(model.ToJson()));
        var other = ModelLearner.Learn(table, shared, pairs, [], 2, CancellationToken.None);
        Assert.That(other.ToJson(), Is.Not.EqualTo(model.ToJson()));
        Assert.That(other.Person.Prior, Is.EqualTo(model.Person.Prior).Within(20));
    }

    [Test]
    public void WhatPersonsJudgeTeaches()
    {
        var (table, pairs, shared) = Invent(seed: 7);
        var open = ModelLearner.Learn(table, shared, pairs, [], 1, CancellationToken.None).Person;
        var verdicts = pairs.Where(pair => table.Present(pair.Item1).Phones[0] != table.Present(pair.Item2).Phones[0]).Select(pair => (pair.Item1, pair.Item2, Verdict.NoMatch));
        var told = ModelLearner.Learn(table, shared, pairs, verdicts, 1, CancellationToken.None).Person;
        Assert.That(Of(told, "different-phone").OfSame, Is.LessThan(Of(open, "different-phone").OfSame / 5));
    }

    /// <summary>Groups of ten who share a common name and a telephone: weights leave in doubt who of them are one.</summary>
    [TestCase(Verdict.Match, 1)]
    [TestCase(Verdict.NoMatch, -1)]
    public void WhatPersonsSayOfPairsInDoubtMovesThoseThatAgreeAlike(Verdict verdict, int way)
    {
        var (table, _, _) = Invent(seed: 9);
        var first = table.Count;
        for (var at = 0; at < 800; at++) table.Add(Reader.Read(ResolutionBench.Person($"c{at}", "name=王伟", string.Create(CultureInfo.InvariantCulture, $"phone=1390000{at / 10:0000}"))));
        var (pairs, shared) = PairsOf(table);
        var doubted = pairs.Where(pair => pair.Left >= first).ToArray();
        var before = ScoreBy([]);
        Assert.That(before.Score, Is.GreaterThan(0.5m).And.LessThan(Thresholds.Default.Match));
        var after = ScoreBy(doubted.Where((_, at) => at % 90 == 0).Select(pair => (pair.Left, pair.Right, verdict)));
        Assert.That((after.Score - before.Score) * way, Is.GreaterThan(0.05m), "of pairs nobody judged");
        Assert.That(Math.Sign(after.Model.Calibration.Offset), Is.EqualTo(way));
        Assert.That(after.Model.Verdicts, Is.EqualTo(40));
        Assert.That(ResolutionModel.FromJson(new ResolutionModel(after.Model, KindModel.Believed(isPerson: false)).ToJson()).Person.Calibration, Is.EqualTo(after.Model.Calibration));

        (decimal Score, KindModel Model) ScoreBy(IEnumerable<(int, int, Verdict)> verdicts)
        {
            var model = ModelLearner.Learn(table, shared, pairs, verdicts, 1, CancellationToken.None);
            var (left, right) = (table.Present(doubted[1].Left), table.Present(doubted[1].Right));
            var (decision, steps) = (new EvidenceJudge(model).Judge(left, right, shared), new EvidenceJudge(model).Explain(left, right, shared).Reasons);
            Assert.That(steps.Sum(step => ReasonLine.TryRead(step, out var line) ? line.Bits : 0), Is.EqualTo(decision.Bits), "the calibration is a step of its own");
            return (decision.Score, model.Person);
        }
    }

    [Test]
    public void FewVerdictsHardlyBendTheLineAndManySayWhatIsSo()
    {
        Assert.That(Calibration.Fit([]), Is.EqualTo(Calibration.None));
        Assert.That(Calibration.Fit([(200, 1, 0)]).Offset, Is.InRange(0, 20));
        // Of pairs told to be one at 0.8 four of ten are: the line leads from two bits to log2(0.4/0.6).
        var many = Calibration.Fit([(200, 4000, 6000), (0, 1600, 8400), (400, 6900, 3100)]);
        Assert.That(200 + many.StepAt(200), Is.EqualTo(-58).Within(25));
        Assert.That(Calibration.Fit([(100, 0, 1e9)]).Offset, Is.GreaterThanOrEqualTo(-Calibration.MostOffset));
    }

    [Test]
    public void AFileFromBeforeARowWasThereWeighsItAsBelieved()
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(ResolutionModel.Believed.ToJson())!.AsObject();
        json["person"]!["levels"]!.AsObject().Remove("same-birth-year");
        json["person"]!.AsObject().Remove("calibration");
        Assert.That(ResolutionModel.FromJson(json.ToJsonString()).Name, Is.EqualTo(ResolutionModel.Believed.Name));
    }

    [Test]
    public void FewRecordsChangeNoBelief()
    {
        var table = new PartyTable();
        table.Add(Reader.Read(ResolutionBench.Person("a", "name=张伟")));
        Assert.That(ModelLearner.Learn(table, SharedValues.None, [], [], 1, CancellationToken.None).Name, Is.EqualTo(ResolutionModel.Believed.Name));
    }

    [Test]
    public void AModelReadsBackToTheSameWeights()
    {
        var (table, pairs, shared) = Invent(seed: 8);
        var model = ModelLearner.Learn(table, shared, pairs, [], 1, CancellationToken.None);
        var read = ResolutionModel.FromJson(model.ToJson());
        Assert.That((read.Name, read.ToJson()), Is.EqualTo((model.Name, model.ToJson())));
    }

    [TestCase("", "")]
    [TestCase("{\"format\":2}", "its format is 2 and not 1")]
    [TestCase("{\"format\":1,\"format\":1}", "")]
    [TestCase("[]", "")]
    [TestCase("null", "")]
    [TestCase("\0\0\0", "")]
    [TestCase("{\"format\":1,\"person\":{\"levels\":{}}}", "it says nothing of 'same-resident-id'")]
    public void WhatIsNoModelIsRefused(string json, string said) =>
        Assert.That(Assert.Throws<InvalidDataException>(() => ResolutionModel.FromJson(json))!.Message, Does.Contain(said));

    [TestCase("\"matches\": 0.0001", "\"matches\": 0", "its share")]
    [TestCase("\"matches\": 0.0001", "\"matches\": 1e999", "")]
    [TestCase("\"records\": 0", "\"records\": 99999999999", "")]
    [TestCase("\"records\": 0", "\"records\": -1", "records")]
    [TestCase("\"same-name\"", "\"same-nome\"", "same-name")]
    [TestCase("\"same-sex\": [\n        0.997,\n        0.5", "\"same-sex\": [\n        0.997,\n        0", "nil")]
    [TestCase("\"calibration\": [\n      0", "\"calibration\": [\n      9000", "calibration")]
    public void WhatNoWeightCanBeIsRefused(string good, string bad, string said)
    {
        var json = ResolutionModel.Believed.ToJson().Replace("\r", "", StringComparison.Ordinal);
        Assert.That(json, Does.Contain(good));
        Assert.That(Assert.Throws<InvalidDataException>(() => ResolutionModel.FromJson(json.Replace(good, bad, StringComparison.Ordinal)))!.Message, Does.Contain(said));
    }

    private static readonly PartyReader Reader = new(SchemaCatalog.LoadEmbedded());

    private static LevelShares Of(KindModel model, string row) =>
        model.Shares[model.Table.IndexOf(FeatureTable.Person.Single(feature => feature.Name == row))];

    /// <summary>Two records of each party; the second has another telephone in three of ten.</summary>
    internal static (PartyTable Table, (int, int)[] Pairs, SharedValues Shared) Invent(int seed)
    {
        var random = new Random(seed);
        var table = new PartyTable();
        const string Surnames = "王李张刘陈杨赵黄周吴", Given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰";
        for (var party = 0; party < Parties; party++)
        {
            var name = $"{Surnames[random.Next(Surnames.Length)]}{Given[random.Next(Given.Length)]}{Given[random.Next(Given.Length)]}";
            var birth = new DateOnly(1950, 1, 1).AddDays(random.Next(18_000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var sex = random.Next(2) == 0 ? "MALE" : "FEMALE";
            var phone = Phone(random);
            foreach (var record in (ReadOnlySpan<string>)["a", "b"])
            {
                table.Add(Reader.Read(ResolutionBench.Person($"{record}{party}", $"name={name}", $"birthDate={birth}", $"sex={sex}", $"phone={phone}")));
                if (random.NextDouble() < Moved) phone = Phone(random);
            }
        }

        var (pairs, shared) = PairsOf(table);
        return (table, pairs, shared);
    }

    internal static ((int Left, int Right)[] Pairs, SharedValues Shared) PairsOf(PartyTable table)
    {
        var (index, shared) = (BlockIndex.Build((record, keys) => BlockKeys.AddTo(keys, table[record]!), table.Count), new SharedValues());
        return (CandidatePairs.Of(index, table, shared).Pairs, shared);
    }

    private static string Phone(Random random) => string.Create(CultureInfo.InvariantCulture, $"13{random.Next(100_000_000, 999_999_999)}");
}
