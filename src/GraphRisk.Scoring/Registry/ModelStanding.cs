using System.Text.RegularExpressions;
using GraphRisk.Scoring.Models;

namespace GraphRisk.Scoring.Registry;

/// <summary>A model on the shelf, as decisions leave it.</summary>
/// <param name="Version">Content hash of the model.</param>
/// <param name="Report">SHA-256 of its card as it was when the model was trained; null for one that an older program kept.</param>
public sealed record ShelvedModel(string Version, string? Report)
{
    public ModelState State { get; init; } = ModelState.Challenger;

    /// <summary>Whether it is or ever was champion.</summary>
    public bool WasChampion { get; init; }

    /// <summary>Champion because there was none: nobody promoted it.</summary>
    public bool IsProvisional { get; init; }

    /// <summary>Where it stands in a word.</summary>
    public string Standing => State.ToString().ToLowerInvariant() + (IsProvisional ? ", provisional" : "");

    /// <summary>The proposal that waits for a second person; null where none does.</summary>
    public ModelDecision? Open { get; init; }
}

/// <summary>
/// What all decisions up to now come to. From which state an act leads to which, and which act of another person must go before it,
/// is the table <see cref="Rules"/>. A proposal waits until the champion changes or the model is retired: it was about another choice then.
/// </summary>
public sealed partial class ModelStanding
{
    /// <param name="From">States the model may be in.</param>
    /// <param name="To">State it is in afterwards; null leaves it.</param>
    /// <param name="After">The act of another person that it answers; null where one person decides.</param>
    /// <param name="OnlyFormer">Only of a model that was champion.</param>
    private sealed record Rule(ModelState[] From, ModelState? To, ModelAct? After = null, bool OnlyFormer = false);

    private static readonly Dictionary<ModelAct, Rule> Rules = new()
    {
        [ModelAct.TakeIntoUse] = new([ModelState.Challenger], ModelState.Champion),
        [ModelAct.ProposePromotion] = new([ModelState.Challenger], null),
        [ModelAct.Promote] = new([ModelState.Challenger], ModelState.Champion, ModelAct.ProposePromotion),
        [ModelAct.ProposeRollback] = new([ModelState.Challenger, ModelState.Retired], null, OnlyFormer: true),
        [ModelAct.RollBack] = new([ModelState.Challenger, ModelState.Retired], ModelState.Champion, ModelAct.ProposeRollback, OnlyFormer: true),
        [ModelAct.Retire] = new([ModelState.Challenger], ModelState.Retired),
    };

    private readonly SortedDictionary<string, ShelvedModel> models = new(StringComparer.Ordinal);

    /// <summary>Every model, by version.</summary>
    public IReadOnlyCollection<ShelvedModel> Models => models.Values;

    /// <summary>The model in service, or null.</summary>
    public ShelvedModel? Champion => models.Values.SingleOrDefault(model => model.State == ModelState.Champion);

    /// <exception cref="ModelException">The shelf has no such model.</exception>
    public ShelvedModel this[string version] =>
        models.GetValueOrDefault(version) ?? throw new ModelException($"there is no model {version}; 'model list' names those there are");

    internal bool Knows(string version) => models.ContainsKey(version);

    /// <summary>Puts a model down that no decision speaks of, as it was found.</summary>
    internal void Find(string version, ModelState state) =>
        models.TryAdd(version, new ShelvedModel(version, null) { State = state, WasChampion = state == ModelState.Champion });

    /// <summary>The decision with whom it answers, where the rules allow it.</summary>
    /// <exception cref="ModelException">They do not.</exception>
    internal ModelDecision Check(ModelDecision decision)
    {
        if (string.IsNullOrWhiteSpace(decision.By) || string.IsNullOrWhiteSpace(decision.Reason))
            throw new ModelException("a decision about a model needs a person and a reason");
        if (decision.Act == ModelAct.Train) return decision;
        if (decision.Act != ModelAct.TakeIntoUse && !Person().IsMatch(decision.By))
            throw new ModelException($"'{decision.By}' names no person: write the account, of letters a to z, digits, . _ @ - or Chinese characters");
        var (model, rule) = (this[decision.Version], Rules[decision.Act]);
        if (!rule.From.Contains(model.State))
            throw new ModelException($"model {model.Version} is {NameOf(model.State)}: {NameOf(decision.Act)} is for one that is {string.Join(" or ", rule.From.Select(NameOf))}");
        if (rule.OnlyFormer && !model.WasChampion)
            throw new ModelException($"model {model.Version} never was champion: it can be promoted, not rolled back to");
        if (decision.Act == ModelAct.TakeIntoUse && Champion is { } champion)
            throw new ModelException($"model {champion.Version} is champion: another takes its place by promotion only");
        if (rule.To is null && model.Open is { } already && PersonOf(already.By) != PersonOf(decision.By) && already.Report == decision.Report)
            throw new ModelException($"{already.By} proposed something about model {model.Version} already: agree to it, or let {already.By} propose anew");
        RequireFloor(decision);
        if (rule.After is not { } needed) return decision;
        if (model.Open is not { } open || open.Act != needed)
            throw new ModelException($"nobody proposed it: {NameOf(decision.Act)} of model {model.Version} needs a proposal of another person first");
        if (PersonOf(open.By) == PersonOf(decision.By))
            throw new ModelException($"{open.By} proposed it: another person must agree");
        if (open.Report != decision.Report)
            throw new ModelException($"the validation report of model {model.Version} is not the one that {open.By} proposed it with");
        return decision with { ProposedBy = open.By, Judgement = decision.Judgement ?? open.Judgement, Override = decision.Override ?? open.Override };
    }

    /// <summary>A promotion goes by figures of the champion it replaces, and what is worse beyond chance needs a reason that is recorded.</summary>
    private void RequireFloor(ModelDecision decision)
    {
        if (decision.Act is not (ModelAct.Promote or ModelAct.ProposePromotion) || decision.Judgement is not { } judged) return;
        if (judged.Champion != Champion?.Version)
            throw new ModelException($"model {decision.Version} was judged beside {judged.Champion}, and the champion is {Champion?.Version ?? "none"}: judge it anew");
        if (judged.IsWorse && string.IsNullOrWhiteSpace(decision.Override))
        {
            throw new ModelException(FormattableString.Invariant(
                $"model {decision.Version} is worse than the champion on the same {judged.Rows} rows: AUC {judged.Auc:0.000} for {judged.ChampionAuc:0.000}, gain [{judged.AucGain.Lower:0.000}, {judged.AucGain.Upper:0.000}]; Brier {judged.Brier:0.0000} for {judged.ChampionBrier:0.0000}, gain [{judged.BrierGain.Lower:0.0000}, {judged.BrierGain.Upper:0.0000}]. Nothing was recorded; where it is right all the same, say why with an override"));
        }
    }

    /// <summary>Takes a checked decision in.</summary>
    internal void Apply(ModelDecision decision)
    {
        if (decision.Act == ModelAct.Train)
        {
            var known = models.GetValueOrDefault(decision.Version) ?? new ShelvedModel(decision.Version, null);
            models[decision.Version] = known with { Report = decision.Report };
            return;
        }

        var model = models.GetValueOrDefault(decision.Version) ?? new ShelvedModel(decision.Version, null);
        model = model with { Report = model.Report ?? decision.Report };
        if (Rules[decision.Act].To is not { } state)
        {
            models[model.Version] = model with { Open = decision };
            return;
        }

        if (state == ModelState.Champion)
        {
            foreach (var other in models.Values.ToArray())
                models[other.Version] = other with { Open = null, IsProvisional = false, State = other.State == ModelState.Champion ? ModelState.Challenger : other.State };
        }

        models[model.Version] = model with { Open = null, State = state, IsProvisional = decision.Act == ModelAct.TakeIntoUse, WasChampion = model.WasChampion || state == ModelState.Champion };
    }

    private static string NameOf(ModelState state) => state.ToString().ToLowerInvariant();

    /// <summary>An act in words.</summary>
    public static string NameOf(ModelAct act) => act switch
    {
        ModelAct.TakeIntoUse => "taking into use",
        ModelAct.ProposePromotion => "a proposal of promotion",
        ModelAct.Promote => "promotion",
        ModelAct.ProposeRollback => "a proposal of rollback",
        ModelAct.RollBack => "rollback",
        ModelAct.Retire => "retirement",
        _ => "training",
    };

    /// <summary>One person, in whatever case the account is typed.</summary>
    private static string PersonOf(string name) => name.ToUpperInvariant();

    /// <summary>No two accounts look alike: full width, invisible and foreign letters are refused instead of folded.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9\u4E00-\u9FFF][A-Za-z0-9._@\-\u4E00-\u9FFF]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex Person();
}
