using GraphRisk.Scoring.Calibration;

namespace GraphRisk.Scoring.Tests.Calibration;

public class ClientFoldsTests
{
    [Test]
    public void TheQuartersOfOneClientShareAFold()
    {
        ulong[] clients = [.. Enumerable.Range(0, 4000).Select(i => (ulong)(i % 500))];
        var folds = ClientFolds.Assign(clients, 5, seed: 3);
        foreach (var group in clients.Zip(folds).GroupBy(pair => pair.First))
            Assert.That(group.Select(pair => pair.Second).Distinct().Count(), Is.EqualTo(1));
        foreach (var fold in folds.GroupBy(f => f))
            Assert.That(fold.Count(), Is.InRange(500, 1100));
    }

    [Test]
    public void ANewClientMovesNobody()
    {
        ulong[] before = [7, 8, 9];
        ulong[] after = [6, 7, 8, 9];
        Assert.That(ClientFolds.Assign(after, 5, 3)[1..], Is.EqualTo(ClientFolds.Assign(before, 5, 3)));
    }
}
