using System.CommandLine;
using GraphRisk.Cli.Composition;
using GraphRisk.Scoring.Registry;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Cli.Commands;

/// <summary>
/// <c>graphrisk model propose, promote, rollback, retire</c>: decisions about models. Promotion and rollback take two steps by two
/// persons. Who decides is typed; under which account it was typed is filed in the audit trail beside it.
/// </summary>
internal static class DecisionCommands
{
    private static readonly (string Verb, ModelAct Act, string Description)[] Verbs =
    [
        ("propose", ModelAct.ProposePromotion, "Ask that a challenger become champion, or with --rollback that a former champion come back; another person must agree."),
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
        if (act == ModelAct.ProposePromotion) command.Add(rollback);
        command.SetAction(async (parsed, cancellation) =>
        {
            var bench = new Workbench(host, parsed.Folder(data));
            await using (await bench.OpenStoreAsync(cancellation))
            {
                var decided = act == ModelAct.ProposePromotion && parsed.GetValue(rollback) ? ModelAct.ProposeRollback : act;
                var verdict = new ModelVerdict(parsed.GetValue(by)!, parsed.GetValue(reason)!, host.Clock.GetUtcNow());
                var registry = FiledRecords.Registry(bench.Folder);
                var (decision, _) = await Filing.RunAsync(
                    host, bench.Folder, new Deed(AuditAct.Command, $"model {verb}", $"model {parsed.GetValue(version)}, by {verdict.By}") { Reason = verdict.Reason },
                    () => Task.FromResult(registry.Decide(parsed.GetValue(version)!, decided, verdict)),
                    done => $"{done.Decision.Act}, report {done.Decision.Report}, record {done.Hash}");
                await host.Out.WriteLineAsync(
                    $"{ModelStanding.NameOf(decision.Act)} of model {decision.Version} is recorded. Champion: {registry.Read().Champion?.Version ?? "none"}; a server that runs keeps its model until it is restarted.");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
