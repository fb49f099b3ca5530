using System.Numerics;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Resolution.Blocking;
using GraphRisk.Intake.Resolution.Decision;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Records;
using GraphRisk.Intake.Resolution.Weights;

namespace GraphRisk.Intake.Tests.Resolution;

/// <summary>Thresholds learned from verdicts, held against a search over all of them in whole numbers.</summary>
public sealed class ThresholdsTests
{
    [Test]
    public void NoVerdictsAndFewMoveNothing()
    {
        Assert.That(Thresholds.Learn([]), Is.EqualTo(Thresholds.Default));
        Assert.That(Thresholds.Learn([new JudgedScore(0.9m, 597, 0, 0), new JudgedScore(0.99m, 0, 0, 1_000_000)]), Is.EqualTo(Thresholds.Default));
        Assert.That(Thresholds.Learn([new JudgedScore(0.4m, 0, 298, 0)]), Is.EqualTo(Thresholds.Default));
        Assert.That(Thresholds.Learn([new JudgedScore(0.97m, 0, 3, 5000)]), Is.EqualTo(Thresholds.Default), "three objections to five thousand are what was stated");
    }

    [Test]
    public void AsManyVerdictsAsShowItMoveThem()
    {
        Assert.That(Thresholds.Learn([new JudgedScore(0.9m, 598, 0, 0)]), Is.EqualTo(new Thresholds(0.9m, 0.3m)));
        Assert.That(Thresholds.Learn([new JudgedScore(0.9m, 598, 0, 0), new JudgedScore(0.6m, 0, 40, 0)]).Match, Is.EqualTo(0.9m));
        Assert.That(Thresholds.Learn([new JudgedScore(0.4m, 0, 299, 0)]), Is.EqualTo(new Thresholds(0.95m, 0.4001m)));
        Assert.That(Thresholds.Learn([new JudgedScore(0.96m, 0, 60, 4000), new JudgedScore(0.98m, 0, 1, 4000)]).Match, Is.EqualTo(0.9601m));
        Assert.That(Thresholds.Learn([new JudgedScore(1, 0, 60, 400)]).Match, Is.EqualTo(1));
    }

    [Test]
    public void ManyGoodOnesFarAwayCarryNoBadNeighbourhood()
    {
        var far = new JudgedScore(0.94m, 100_000, 0, 0);
        Assert.That(Thresholds.Learn([far, new JudgedScore(0.5m, 1960, 40, 0)]).Match, Is.EqualTo(0.94m), "forty of two thousand, though of all no more than four in ten thousand");
        Assert.That(Thresholds.Learn([far, new JudgedScore(0.5m, 1999, 1, 0)]).Match, Is.EqualTo(0.5m));
    }

    [Test]
    public void TheyStandWhereASearchOverAllOfThemFindsThem([Range(1, 60)] int seed)
    {
        var random = new Random(seed);
        var (right, slope, most) = (0.97 + (0.03 * random.NextDouble()), random.NextDouble() * 0.01, random.Next(5, 200));
        var judged = Enumerable.Range(0, random.Next(1, 60)).Select(_ =>
        {
            var score = Math.Round(0.2m + (0.8m * (decimal)random.NextDouble()), random.Next(1, 5));
            var (same, other) = (0L, 0L);
            for (var at = random.Next(most); at > 0; at--)
                if (random.NextDouble() < (score < 0.45m ? 0.004 : right - (slope * (double)(1 - score)))) same++;
                else other++;
            return new JudgedScore(score, same, other, random.Next(200));
        }).ToList();
        var found = Thresholds.Learn(judged);
        Assert.That(found, Is.EqualTo(Naive(judged)));
        Assert.That(Thresholds.Learn(judged.OrderBy(one => one.Other)), Is.EqualTo(found), "in any order");
    }

    /// <summary>Groups of ten who share a common name and a telephone, of whom persons have judged a quarter of the pairs.</summary>
    [TestCase(Verdict.Match)]
    [TestCase(Verdict.NoMatch)]
    public void WhatPersonsAnsweredOftenEnoughTheyAreAskedNoMore(Verdict verdict)
    {
        var (table, _, _) = ModelLearnerTests.Invent(seed: 9);
        var first = table.Count;
        var reader = new PartyReader(SchemaCatalog.LoadEmbedded());
        for (var at = 0; at < 800; at++) table.Add(reader.Read(ResolutionBench.Person($"c{at}", "name=王伟", FormattableString.Invariant($"phone=1390000{at / 10:0000}"))));
        var (pairs, shared) = ModelLearnerTests.PairsOf(table);
        var doubted = pairs.Where(pair => pair.Left >= first).ToArray();
        var (left, right) = (table.Present(doubted[1].Left), table.Present(doubted[1].Right));
        var open = new EvidenceJudge(ModelLearner.Learn(table, shared, pairs, [], 1, CancellationToken.None));
        Assert.That(open.Judge(left, right, shared).Verdict, Is.EqualTo(Verdict.Undecided));
        Assert.That(open.Explain(left, right, shared).Reasons, Has.None.StartsWith("thresholds"));

        var model = ModelLearner.Learn(table, shared, pairs, doubted.Where((_, at) => at % 4 == 0).Select(pair => (pair.Left, pair.Right, verdict)), 1, CancellationToken.None);
        var decision = new EvidenceJudge(model).Judge(left, right, shared);
        Assert.That(decision.Verdict, Is.EqualTo(verdict == Verdict.Match ? Verdict.Match : (Verdict?)null));
        Assert.That(model.Person.Thresholds, Is.EqualTo(verdict == Verdict.Match
            ? new Thresholds(Math.Min(0.95m, decision.Score), 0.3m) : new Thresholds(0.95m, Math.Max(0.3m, decision.Score + 0.0001m))));
        Assert.That(model.Company.Thresholds, Is.EqualTo(Thresholds.Default));
    }

    [Test]
    public void MovedThresholdsAreKeptAndTold()
    {
        var believed = ResolutionModel.Believed;
        var model = new ResolutionModel(believed.Person.With(Calibration.None, new Thresholds(0.6m, 0.4m)), believed.Company);
        Assert.That(ResolutionModel.FromJson(model.ToJson()).Person.Thresholds, Is.EqualTo(new Thresholds(0.6m, 0.4m)));
        Assert.That(ResolutionModel.FromJson(model.ToJson()).Name, Is.EqualTo(model.Name).And.Not.EqualTo(believed.Name));
        var reader = new PartyReader(SchemaCatalog.LoadEmbedded());
        var (one, other) = (reader.Read(ResolutionBench.Person("a", "name=王伟", "phone=13900000001")), reader.Read(ResolutionBench.Person("b", "name=王伟", "phone=13900000001")));
        Assert.That(new EvidenceJudge(model).Explain(one, other, SharedValues.None).Reasons, Has.One.EqualTo("thresholds +0.00: joined from 0.6 on, a person asked from 0.4 on"));
        Assert.That(new EvidenceJudge(model).Judge(one, other, SharedValues.None).Bits, Is.EqualTo(new EvidenceJudge(believed).Judge(one, other, SharedValues.None).Bits));
        foreach (var bad in new[] { "[0.6,0.7]", "[1.1,0.3]", "[0.9,0]", "[0.9]", "0.9" })
            Assert.That(Assert.Throws<InvalidDataException>(() => ResolutionModel.FromJson(System.Text.RegularExpressions.Regex.Replace(model.ToJson(), @"""thresholds"": \[[^\]]*\]", $"\"thresholds\": {bad}")))!.Message, Does.Contain("thresholds"), bad);
    }

    private static Thresholds Naive(List<JudgedScore> judged)
    {
        var steps = Enumerable.Range(0, 10_001).Select(at => at / 10_000m).ToList();
        (long Yes, long No) From(decimal low, decimal high) => (judged.Where(one => one.Score >= low && one.Score < high).Sum(one => one.Same), judged.Where(one => one.Score >= low && one.Score < high).Sum(one => one.Other));
        (long All, long Wrong) Joined(decimal low) => (judged.Where(one => one.Score >= low).Sum(one => one.Same + one.Other + one.Open), judged.Where(one => one.Score >= low).Sum(one => one.Other));
        var scores = judged.Where(one => one.Same + one.Other > 0).Select(one => one.Score).Distinct().Order().ToList();

        decimal match = 0.95m;
        if (IsProven(0.95m)) match = steps.First(step => step >= 0.95m && (step == 1 || !IsProven(step)));
        else
        {
            foreach (var score in scores.Where(score => score is >= 0.3m and < 0.95m))
            {
                var (same, other) = From(score, 2);
                var near = scores.Where(upper => upper >= score).Select(upper => From(score, upper + 0.0001m)).FirstOrDefault(both => both.Yes + both.No >= Thresholds.Nearest, (Yes: same, No: other));
                if (!IsAtMost(other, same + other, 200) || !IsAtMost(near.No, near.Yes + near.No, 200)) continue;
                match = score;
                break;
            }
        }

        decimal review = 0.3m;
        foreach (var score in scores.Where(score => score is >= 0.3m and < 0.95m))
        {
            var (same, other) = From(0.3m, score + 0.0001m);
            var near = scores.Where(lower => lower >= 0.3m && lower <= score).Reverse().Select(lower => From(lower, score + 0.0001m)).FirstOrDefault(both => both.Yes + both.No >= Thresholds.Nearest, (Yes: same, No: other));
            if (IsAtMost(same, same + other, 100) && IsAtMost(near.Yes, near.Yes + near.No, 100)) review = score + 0.0001m;
        }

        return new Thresholds(match, Math.Min(match, review));

        bool IsProven(decimal low) => Joined(low) is var (all, wrong) && wrong * 200 > all && Tail(wrong - 1, all, 200) * 20 >= Power(200, all) * 19;
    }

    /// <summary>Whether so few failures show, at one in twenty, that the share of them is below one in so many.</summary>
    private static bool IsAtMost(long failures, long trials, int of) => failures * of < trials && Tail(failures, trials, of) * 20 <= Power(of, trials);

    /// <summary>The chance of at most so many failures of one in so many each, times the number of all outcomes.</summary>
    private static BigInteger Tail(long failures, long trials, int of)
    {
        var (sum, ways) = (BigInteger.Zero, BigInteger.One);
        for (long at = 0; at <= failures; at++)
        {
            sum += ways * Power(of - 1, trials - at);
            ways = ways * (trials - at) / (at + 1);
        }

        return sum;
    }

    private static BigInteger Power(int of, long times) => BigInteger.Pow(of, (int)times);
}
