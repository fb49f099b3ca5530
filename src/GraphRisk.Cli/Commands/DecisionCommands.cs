using System.CommandLine;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Store;
using GraphRisk.Scoring.Registry;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Cli.Commands;

/// <summary>
/// <c>graphrisk model propose, promote, rollback, retire</c>: decisions about models. Promotion and rollback take two steps by two
/// persons. Who decides is typed; under which account it was typed is filed in the audit trail beside it. A proposal of promotion judges
/// the model beside the champion on the same quarters (<see cref="PairedJudgement"/>), and what agrees to it shows the figures again.
/// </summary>
internal static class DecisionCommands
{
    private static readonly (string Verb, ModelAct Act, string Description)[] Verbs =
    [
        ("propose", ModelAct.ProposePromotion, "Ask that a challenger become champion, or with --rollback that a former champion come back; another person must agree. Challenger and champion are judged on the same quarters, new to both; one that is worse beyond chance is refused."),
        ("promote", ModelAct.Promote, "Agree to a proposed promotion, as another person than the one who proposed it: the model is champion from now on."),
        ("rollback", ModelAct.RollBack, "Agree to a proposed rollback, as another person than the one who proposed it: the former champion is champion again."),
        ("retire", ModelAct.Retire, "Take a challenger out of use; its scores can still be verified."),
    ];

    public static IEnumerable<ExampleCommand> All(Host host) => Verbs.Select(verb => Build(host, verb.Verb, verb.Act, verb.Description));

    private static ExampleCommand Build(Host host, string verb, ModelAct act, string description)
    {
        var version = ShelfCommands.Version();
        var by = new Option<string>("--by") { Description = "The person who decides.", HelpName = "PERSON", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why.", HelpName = "TEXT", Required = true };
        var rollback = new Option<bool>("--rollback") { Description = "Propose the return of a former champion." };
        var data = CommonOptions.Data();
        var command = new ExampleCommand(verb, description, $"model {verb} 0123456789abcdef --by li.wei --reason validated") { version, by, reason, data };
        var overriding = new Option<string?>("--override") { Description = "Why the model is right though it is worse than the champion beyond chance, or cannot be judged beside it; recorded with the decision.", HelpName = "TEXT" };
        if (act == ModelAct.ProposePromotion) command.Add(rollback);
        if (act is ModelAct.ProposePromotion or ModelAct.Promote) command.Add(overriding);
        command.SetAction(async (parsed, cancellation) =>
        {
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            await using (var store = await bench.OpenStoreAsync(cancellation))
            {
                var decided = act == ModelAct.ProposePromotion && parsed.GetValue(rollback) ? ModelAct.ProposeRollback : act;
                var registry = FiledRecords.Registry(bench.Folder);
                var why = parsed.CommandResult.Command.Options.Contains(overriding) ? parsed.GetValue(overriding) : null;
                var verdict = new ModelVerdict(parsed.GetValue(by)!, parsed.GetValue(reason)!, host.Clock.GetUtcNow())
                {
                    Override = why,
                    Judgement = decided is ModelAct.ProposePromotion or ModelAct.Promote
                        ? await JudgeAsync(host, bench, store, registry, parsed.GetValue(version)!, act, why, cancellation)
                        : null,
                };
                var (decision, _) = await Filing.RunAsync(
                    host, bench.Folder, new Deed(AuditAct.Command, $"model {verb}", $"model {parsed.GetValue(version)}, by {verdict.By}{(why is null ? "" : $", override: {why}")}") { Reason = verdict.Reason },
                    () => Task.FromResult(registry.Decide(parsed.GetValue(version)!, decided, verdict)),
                    done => $"{done.Decision.Act}, report {done.Decision.Report}, record {done.Hash}");
                await host.Out.WriteLineAsync(
                    $"{ModelStanding.NameOf(decision.Act)} of model {decision.Version} is recorded. Champion: {registry.Read().Champion?.Version ?? "none"}{(decision.Act is ModelAct.Promote or ModelAct.RollBack ? $"; a server that runs takes it within a second of the next question, and 'graphrisk model report' makes the report it shows" : "")}.");
                if (decision.Judgement is { } judged) new Terminal(host.Out).WriteFigures("Challenger and champion on the same rows", JudgementFigures.Of(judged, decision.Override));
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>
    /// What a promotion rests on: the judgement of its proposal where there is one, else a new one. Null where there is no champion, or
    /// where both cannot be judged and the user says why that is no hindrance.
    /// </summary>
    private static async Task<PairedJudgement?> JudgeAsync(
        Host host, Workbench bench, IGraphStore store, ModelRegistry registry, string version, ModelAct act, string? why, CancellationToken cancellation)
    {
        var standing = registry.Read();
        var model = standing[version];
        if (standing.Champion is not { } champion || champion.Version == version || model.State != ModelState.Challenger) return null;
        var proposal = model.Open is { Act: ModelAct.ProposePromotion } open ? open : null;
        if (act == ModelAct.Promote && (proposal is null || proposal.Judgement is not null)) return proposal?.Judgement;
        using var one = registry.Open(version);
        using var other = registry.Open(champion.Version);
        var history = await ModelMaker.HistoryAsync(store, bench.OpenSnapshots(store, capacity: 1), new KnowledgeLimit(null, null), cancellation);
        return await new Stages(host.Error, host.Clock).RunAsync("judge", async _ => await PairedJudgement.OfAsync(one, other, history, cancellation))
            ?? ((why ?? proposal?.Override) is not null ? null : throw new UserErrorException(
                $"No quarter with known outcomes is new to both {version} and the champion {champion.Version}, so they cannot be judged on the same rows. Train a challenger that leaves such quarters, or say with --override why it is right all the same."));
    }
}
