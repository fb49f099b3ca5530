using GraphRisk.Graph.Facts;
using GraphRisk.Scoring.Registry;
using GraphRisk.TestKit;

namespace GraphRisk.Scoring.Tests.Registry;

public sealed class FiledScoresTests
{
    private static readonly NodeId A = new("Person", "registry:A");
    private static readonly NodeId OtherOfA = new("Person", "broker-B001:A");
    private static readonly NodeId B = new("Person", "registry:B");

    private readonly TemporaryFolder folder = new();

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void ALifeIsWhatChangedDayByDayUnderAllIdsOfTheClient()
    {
        var path = folder.PathOf("life.ndjson");
        var scores = new FiledScores(path);
        Assert.That(scores.Of([A]), Is.Empty, "nothing was filed yet");
        new ScoreFile(path).Append([Filed(A, 1, 600), Filed(B, 1, 500), Filed(A, 3, 600), Filed(OtherOfA, 2, 610), Filed(A, 4, 590), Filed(A, 4, 580)]);
        Assert.That(scores.LifeOf([A, OtherOfA], null).Select(score => (score.AsOf.Day, score.Score)), Is.EqualTo(new[] { (1, 600), (2, 610), (3, 600), (4, 580) }), "of a day the last one counts");
        Assert.That(scores.LifeOf([A], null).Select(score => score.AsOf.Day), Is.EqualTo(new[] { 1, 4 }), "what tells the same is no change");
        new ScoreFile(path).Append([Filed(A, 5, 560), Filed(A, 5, 700) with { IsBeside = true }]);
        Assert.That(scores.On([A], new DateOnly(2025, 9, 5), null)?.Score, Is.EqualTo(560), "what came since is seen, and what a challenger said is nobody's score");
        Assert.That(scores.On([A], new DateOnly(2025, 9, 5), Filed(A, 4, 0).KnownAt), Is.Null, "as it was known before");
    }

    [Test]
    public void NothingIsToldOnTheWordOfAFileThatWasAltered()
    {
        var path = folder.PathOf("altered.ndjson");
        new ScoreFile(path).Append([Filed(A, 1, 600), Filed(A, 2, 610)]);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"score\":600", "\"score\":700", StringComparison.Ordinal));
        Assert.That(() => new FiledScores(path).Of([A]), Throws.TypeOf<InvalidDataException>().With.Message.Contains("line 1"));
    }

    [Test]
    public void WhatAChallengerSaidBesideDoesNotMakeAScoreAnotherOne()
    {
        var path = folder.PathOf("beside.ndjson");
        var file = new ScoreFile(path);
        file.Append([Filed(A, 1, 600), Filed(A, 1, 640) with { Model = "other", IsBeside = true }]);
        Assert.That(file.AppendChanged([Filed(A, 2, 600)]).Count, Is.Zero);
        Assert.That(file.AppendChanged([Filed(A, 2, 601)]).Count, Is.EqualTo(1));
    }

    private static FiledScore Filed(NodeId client, int day, int score) => new(
        "m", "f", day, new DateOnly(2025, 9, day), new DateTimeOffset(2025, 9, day, 20, 0, 0, TimeSpan.Zero), client.ToString(), 0.01, score, "A", 600, score - 600, 0);
}
