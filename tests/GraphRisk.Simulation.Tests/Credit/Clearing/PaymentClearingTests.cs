using GraphRisk.Simulation.Credit.Clearing;

namespace GraphRisk.Simulation.Tests.Credit.Clearing;

public class PaymentClearingTests
{
    /// <summary>A owes B 100 and has 40; B owes C 80 and has 20; C owes nobody.</summary>
    [Test]
    public void WhoIsNotPaidCannotPay()
    {
        var cleared = PaymentClearing.Settle([40, 20, 0], [0, 0, 0], [new(0, 1, 100), new(1, 2, 80)]);
        Assert.Multiple(() =>
        {
            Assert.That(cleared.PaidPart(0), Is.EqualTo(0.4).Within(1e-12));
            Assert.That(cleared.PaidPart(1), Is.EqualTo(0.75).Within(1e-12));
            Assert.That(cleared.PaidPart(2), Is.EqualTo(1));
            Assert.That((cleared.Round(0), cleared.Round(1)), Is.EqualTo((0, 1)), "B fails by A's failure");
        });
    }

    [Test]
    public void ACircleOfDuesWithoutMeansClearsItself()
    {
        var cleared = PaymentClearing.Settle([0, 0, 0], [0, 0, 0], [new(0, 1, 5), new(1, 2, 5), new(2, 0, 5)]);
        Assert.That(Enumerable.Range(0, 3).Select(cleared.PaidPart), Is.All.EqualTo(1));
    }

    [Test]
    public void WhatOneLosesOthersOrOutsideBear()
    {
        var random = new Random(3);
        for (var run = 0; run < 2000; run++)
        {
            var net = RandomNetwork(random, random.Next(1, 30), 60);
            var cleared = PaymentClearing.Settle(net.Means, net.Outside, net.Dues);
            var (owed, received) = Flows(net, cleared);
            var (lostInside, lostOutside, notPaid) = (net.Dues.Sum(cleared.Unpaid), 0.0, 0.0);
            for (var i = 0; i < owed.Length; i++)
            {
                var paid = owed[i] * cleared.PaidPart(i);
                lostOutside += net.Outside[i] * (1 - cleared.PaidPart(i));
                notPaid += owed[i] - paid;
                Assert.That(paid, Is.LessThanOrEqualTo(net.Means[i] + received[i] + 1e-9), "nobody pays what it has not");
                if (cleared.PaidPart(i) < 1) Assert.That(paid, Is.EqualTo(net.Means[i] + received[i]).Within(1e-8), "who falls short pays all it has");
            }

            Assert.That(lostInside + lostOutside, Is.EqualTo(notPaid).Within(1e-8));
        }
    }

    [Test]
    public void NobodyPaysLessThanItMust()
    {
        var random = new Random(4);
        for (var run = 0; run < 1000; run++)
        {
            var net = RandomNetwork(random, random.Next(1, 6), 8);
            var cleared = PaymentClearing.Settle(net.Means, net.Outside, net.Dues);
            Assert.That(Enumerable.Range(0, net.Means.Length).Select(cleared.PaidPart), Is.EqualTo(Greatest(net)).Within(1e-9));
        }
    }

    [Test]
    public void AFailureOfALaterRoundHasAnUnpaidDueOfAnEarlierOne()
    {
        var random = new Random(5);
        var seen = 0;
        for (var run = 0; run < 500; run++)
        {
            var net = RandomNetwork(random, 20, 50);
            var cleared = PaymentClearing.Settle(net.Means, net.Outside, net.Dues);
            for (var i = 0; i < 20; i++)
            {
                if (cleared.PaidPart(i) >= 1 || cleared.Round(i) == 0) continue;
                seen++;
                Assert.That(net.Dues.Any(d => d.To == i && cleared.PaidPart(d.From) < 1 && cleared.Round(d.From) < cleared.Round(i)));
            }
        }

        Assert.That(seen, Is.GreaterThan(100));
    }

    private sealed record Network(double[] Means, double[] Outside, List<PaymentDue> Dues);

    private static Network RandomNetwork(Random random, int parties, int most)
    {
        var dues = new List<PaymentDue>();
        for (var i = random.Next(most); i > 0; i--)
        {
            var (from, to) = (random.Next(parties), random.Next(parties));
            if (from != to) dues.Add(new PaymentDue(from, to, random.NextDouble() * 10));
        }

        return new Network(
            [.. Enumerable.Range(0, parties).Select(_ => random.Next(3) == 0 ? 0 : random.NextDouble() * 12)],
            [.. Enumerable.Range(0, parties).Select(_ => random.Next(2) == 0 ? 0 : random.NextDouble() * 8)],
            dues);
    }

    private static (double[] Owed, double[] Received) Flows(Network net, ClearedPayments cleared)
    {
        var (owed, received) = ((double[])net.Outside.Clone(), new double[net.Means.Length]);
        foreach (var due in net.Dues)
        {
            owed[due.From] += due.Amount;
            received[due.To] += due.Amount - cleared.Unpaid(due);
        }

        return (owed, received);
    }

    /// <summary>
    /// The slow way: for every set of parties let these pay all they have and the others in full, solve, and of the solutions that hold
    /// together take the one in which most is paid.
    /// </summary>
    private static double[] Greatest(Network net)
    {
        var n = net.Means.Length;
        var owed = (double[])net.Outside.Clone();
        foreach (var due in net.Dues) owed[due.From] += due.Amount;
        double[]? best = null;
        for (var set = 0; set < 1 << n; set++)
        {
            if (Solve(net, owed, set) is not { } paid) continue;
            if (best is null || paid.Sum() > best.Sum() + 1e-12) best = paid;
        }

        return best!;
    }

    private static double[]? Solve(Network net, double[] owed, int set)
    {
        var n = owed.Length;
        var m = new double[n, n + 1];
        for (var i = 0; i < n; i++)
        {
            m[i, i] = 1;
            m[i, n] = 1;
            if ((set >> i & 1) == 0) continue;
            if (owed[i] <= 0) return null;
            m[i, n] = net.Means[i] / owed[i];
            foreach (var due in net.Dues.Where(d => d.To == i)) m[i, due.From] -= due.Amount / owed[i];
        }

        for (var c = 0; c < n; c++)
        {
            var pivot = Enumerable.Range(c, n - c).MaxBy(r => Math.Abs(m[r, c]));
            if (Math.Abs(m[pivot, c]) < 1e-12) return null;
            for (var k = 0; k <= n; k++) (m[c, k], m[pivot, k]) = (m[pivot, k], m[c, k]);
            for (var r = 0; r < n; r++)
            {
                if (r == c) continue;
                var factor = m[r, c] / m[c, c];
                for (var k = c; k <= n; k++) m[r, k] -= factor * m[c, k];
            }
        }

        double[] paid = [.. Enumerable.Range(0, n).Select(i => m[i, n] / m[i, i])];
        if (paid.Any(p => p < -1e-12 || p > 1 + 1e-12)) return null;
        for (var i = 0; i < n; i++)
        {
            var has = net.Means[i] + net.Dues.Where(d => d.To == i).Sum(d => d.Amount * paid[d.From]);
            if ((set >> i & 1) == 0 && owed[i] > has + 1e-9) return null;
        }

        return paid;
    }
}
