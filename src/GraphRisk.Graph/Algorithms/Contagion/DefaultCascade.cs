using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>Who falls, when, and what it costs whom.</summary>
/// <param name="DefaultRounds">Round in which each is in default, from 0 on; -1 for those that stand.</param>
/// <param name="Losses">What each loses on its claims, in money.</param>
/// <param name="OutsideLosses">What the outside creditors of each lose on it, in money.</param>
/// <param name="Rounds">Rounds in which somebody fell.</param>
/// <param name="Attribution">Which defaulter cost whom how much: the terms of <paramref name="Losses"/>.</param>
public sealed record DefaultCascadeAnswer(
    ImmutableArray<int> DefaultRounds, ImmutableArray<double> Losses, ImmutableArray<double> OutsideLosses, int Rounds, LossAttribution Attribution)
{
    /// <summary>Who is in default after a round, ascending.</summary>
    public IEnumerable<int> DefaultsAfter(int round) =>
        Enumerable.Range(0, DefaultRounds.Length).Where(node => DefaultRounds[node] >= 0 && DefaultRounds[node] <= round);
}

/// <summary>
/// Sequential default (Furfine 2003): whoever loses more on claims against those in default than its equity is in
/// default in the next round.
/// <para>
/// A claim on a defaulter is lost but for the recovery rate, at once and for good; nothing is cleared (compare
/// <see cref="ClearingVector"/>). The comparison is strict: a loss of exactly the equity is survived. The first round
/// holds those whose equity is negative before any loss, and those that are made to default. A defaulter's creditors,
/// inside and outside, lose together the loss rate times all that it owes. State: the loss of each so far, and who was
/// charged in the last round. Time O(nodes + edges).
/// </para>
/// </summary>
public static class DefaultCascade
{
    /// <summary>The cascade.</summary>
    /// <param name="network">Debts and equity.</param>
    /// <param name="recovery">Part of a claim on a defaulter that is recovered, 0 to 1.</param>
    /// <param name="initial">Those in default from the start whatever their equity.</param>
    /// <param name="meter">Pays for it.</param>
    public static DefaultCascadeAnswer Find(LiabilityNetwork network, double recovery, IEnumerable<int>? initial = null, WorkMeter? meter = null)
    {
        var cascade = new Cascade(network, 1 - recovery, meter ?? WorkMeter.Unlimited);
        foreach (var node in initial ?? []) cascade.Fail(node);
        for (var node = 0; node < network.Count; node++) cascade.Look(node);
        while (cascade.Round())
        {
        }

        return cascade.Answer();
    }

    private sealed class Cascade
    {
        private readonly LiabilityNetwork network;
        private readonly double lossRate;
        private readonly WorkMeter meter;
        private readonly int[] rounds;
        private readonly double[] losses;
        private List<int> fallen = [];
        private int round;

        public Cascade(LiabilityNetwork network, double lossRate, WorkMeter meter)
        {
            this.network = network;
            this.lossRate = lossRate;
            this.meter = meter;
            losses = new double[network.Count];
            rounds = new int[network.Count];
            Array.Fill(rounds, -1);
        }

        public void Look(int node)
        {
            if (network.Equity[node] < losses[node]) Fail(node);
        }

        public void Fail(int node)
        {
            if (rounds[node] >= 0) return;
            rounds[node] = round;
            fallen.Add(node);
        }

        /// <summary>Charges the creditors of those newly in default, then looks who falls; false where nobody fell.</summary>
        public bool Round()
        {
            if (fallen.Count == 0) return false;
            var (failing, charged) = (fallen, new List<int>());
            failing.Sort();
            fallen = [];
            round++;
            foreach (var debtor in failing) Charge(debtor, charged);
            foreach (var node in charged) Look(node);
            return true;
        }

        public DefaultCascadeAnswer Answer()
        {
            var perUnit = Array.ConvertAll(rounds, fell => fell < 0 ? 0 : lossRate);
            var outside = ImmutableArray.CreateBuilder<double>(rounds.Length);
            for (var node = 0; node < rounds.Length; node++) outside.Add(perUnit[node] * network.Outside[node]);
            return new DefaultCascadeAnswer([.. rounds], [.. losses], outside.MoveToImmutable(), round, new LossAttribution(network.Owed, perUnit));
        }

        private void Charge(int debtor, List<int> charged)
        {
            var creditors = network.Owed.Out.Neighbours(debtor);
            var amounts = network.Owed.OutWeightsOf(debtor);
            meter.ChargeNode(creditors.Length);
            for (var i = 0; i < creditors.Length; i++)
            {
                losses[creditors[i]] += lossRate * amounts[i];
                charged.Add(creditors[i]);
            }
        }
    }
}
