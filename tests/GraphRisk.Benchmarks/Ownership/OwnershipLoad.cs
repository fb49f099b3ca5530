using System.Diagnostics;
using System.Globalization;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Registers;
using GraphRisk.Graph.Algorithms.Ownership.Rules;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.Market;

namespace GraphRisk.Benchmarks.Ownership;

/// <summary>A drawn register of the United Kingdom's shape: all owners at a quarter and all control, beside the same system solved column by column.</summary>
internal static class OwnershipLoad
{
    // Company by company a larger register takes too long.
    private const int MostAsked = 1_000_000;

    private static readonly DateOnly Day = new(2025, 12, 31);

    public static void Run(int nodes, int holdings)
    {
        var (register, building) = Timed(() => HoldingGraph.Build(nodes, DrawnRegister.Draw(nodes, holdings, seed: 1)));
        Tell($"register: {nodes:N0} nodes, {register.Out.EdgeCount:N0} holdings, {Shape(register)}; drawn and built in {building:F1} s of processor");
        var (_, both) = Timed(() => StronglyConnectedComponents.Find(register.Weights(ShareBound.Stated).Out).Count);
        Tell($"edges as weights and strongly connected components, which all below need: {both:F1} s");
        foreach (var semantics in new[] { OwnershipSemantics.Corrected, OwnershipSemantics.Walk })
        {
            // In turn and the lesser of two: what else runs on the machine costs either something.
            var (answer, time) = (default(RegisterAnswer), double.PositiveInfinity);
            var (pairs, plain) = (0L, double.PositiveInfinity);
            for (var turn = 0; turn < 2; turn++)
            {
                (answer, var here) = Timed(() => new RegisterOwnership(register).Find(new RegisterQuestion(semantics, 0.25m)));
                (pairs, var beside) = Timed(() => new SparseColumns(register, isCorrected: semantics == OwnershipSemantics.Corrected).Pairs(0.25));
                (time, plain) = (Math.Min(time, here), Math.Min(plain, beside));
            }

            Tell($"{semantics} at 25%: {answer!.Pairs.Length:N0} pairs in {time:F1} s; {answer.Swept:N0} holders followed, {answer.Asked:N0} companies asked one by one");
            Tell($"the same solved column by column: {pairs:N0} pairs in {plain:F1} s, {plain / time:F1} times as long");
            if (nodes > MostAsked) continue;
            var (asked, single) = Timed(() => new OwnershipLookThrough(register).AllPairs(semantics, 0.25m));
            Tell($"asked company by company: {asked.Stakes.Count(stake => stake.Holder != stake.Company):N0} pairs in {single:F1} s, {single / time:F1} times as long");
        }

        var (controlled, control) = Timed(() => RegisterControl.Pairs(register));
        Tell($"control: {controlled.Length:N0} pairs in {control:F1} s");

        // Half of a drawn register are persons.
        var facts = new RuleFacts(register, [], StatedTies.None, node => node < nodes / 2 ? PartyForm.Person : PartyForm.LegalPerson, null, MarketReading.OfLaw);
        foreach (var name in new[] { "fatf-beneficial-owner", "cn-beneficial-owner", "cn-concert" })
        {
            var (answer, time) = Timed(() => new RuleReading(facts, RuleBook.Shipped.Find(name)!, Day, WorkMeter.Unlimited).All());
            Tell($"by {name}: {answer.Verdicts.Length:N0} verdicts in {time:F1} s");
        }
    }

    private static string Shape(HoldingGraph register)
    {
        var components = StronglyConnectedComponents.Find(register.Out);
        var circles = Enumerable.Range(0, components.Count).Select(components.SizeOf).Where(size => size > 1).OrderDescending().ToList();
        var depths = new int[components.Count];
        for (var component = 0; component < components.Count; component++)
            foreach (var member in components.Members(component))
                foreach (var target in register.Out.Neighbours(member))
                    if (components.Of(target) != component) depths[component] = Math.Max(depths[component], depths[components.Of(target)] + 1);
        return string.Create(CultureInfo.InvariantCulture, $"chains of up to {depths.Max()}, circles of {string.Join(", ", circles)}");
    }

    private static void Tell(FormattableString line)
    {
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(line.ToString(CultureInfo.InvariantCulture) + string.Create(CultureInfo.InvariantCulture, $" (peak {process.PeakWorkingSet64 / 1e9:F1} GB)"));
    }

    private static (T Value, double Seconds) Timed<T>(Func<T> work)
    {
        var begun = Environment.CpuUsage.TotalTime;
        var value = work();
        return (value, (Environment.CpuUsage.TotalTime - begun).TotalSeconds);
    }
}
