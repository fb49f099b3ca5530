using GraphRisk.Workflow.Recovery;

namespace GraphRisk.Workflow.Tests.Recovery;

public sealed class ClaimWaterfallTests
{
    [Test]
    public void CostsComeFirstThenInterestThenPrincipalAndWhatIsLeftIsTheClients()
    {
        var (left, went) = ClaimWaterfall.Of(1000m, 100m).Take(950m, 30m);
        Assert.That(went, Is.EqualTo(new Allocation(30m, 100m, 820m, 0m)));
        Assert.That((left.Owed, left.Recovered, left.LossOf(1000m)), Is.EqualTo((80m, 920m, 0.08m)));
        Assert.That(left.Take(100m, 0m).Allocation, Is.EqualTo(new Allocation(0m, 0m, 80m, 20m)));
    }

    [Test]
    public void CostsThatWereNotRecoveredAreOwedToo()
    {
        var (left, went) = ClaimWaterfall.Of(100m, 0m).Take(10m, 25m);
        Assert.That((went, left.Owed, left.LossOf(100m)), Is.EqualTo((new Allocation(10m, 0m, 0m, 0m), 115m, 1.15m)));
        Assert.That(left.Take(15m, 0m).Allocation.ToCosts, Is.EqualTo(15m));
    }

    /// <summary>A fen at a time, each to the first claim that is open.</summary>
    [Test]
    public void FenByFenItComesToTheSame()
    {
        var random = new Random(5);
        for (var round = 0; round < 1000; round++)
        {
            var (interest, principal) = (random.Next(0, 40), random.Next(0, 80));
            var claim = ClaimWaterfall.Of((interest + principal) / 100m, interest / 100m);
            var (owed, costs, received, surplus) = (interest + principal, 0, 0, 0);
            for (var receipts = random.Next(1, 6); receipts > 0; receipts--)
            {
                var (amount, cost) = (random.Next(0, 60), random.Next(0, 12));
                (claim, var went) = claim.Take(amount / 100m, cost / 100m);
                costs += cost;
                for (var fen = amount; fen > 0; fen--)
                    if (costs > 0) costs--;
                    else if (owed > 0) { owed--; received++; }
                    else surplus++;
                Assert.That(went.ToCosts + went.ToInterest + went.ToPrincipal + went.Surplus, Is.EqualTo(amount / 100m));
                Assert.That((claim.Owed, claim.Recovered, claim.Interest), Is.EqualTo(((owed + costs) / 100m, received / 100m, Math.Max(0, interest - received) / 100m)));
            }
        }
    }
}
