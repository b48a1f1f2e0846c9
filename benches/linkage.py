"""Splink and recordlinkage on the same public sets of duplicates, with the settings their documentation shows for such data."""
import itertools, sys, time, warnings, logging
import pandas as pd
warnings.filterwarnings("ignore"); logging.disable(logging.CRITICAL)
DATA = sys.argv[1] if len(sys.argv) > 1 else "../shared/data"
P, Q = f"{DATA}/dedupe_people", f"{DATA}/dedupe_products_places"

def pairs_of(key):
    groups = {}
    for n, k in enumerate(key): groups.setdefault(k, []).append(n)
    return {p for g in groups.values() for p in itertools.combinations(g, 2)}

def load():
    for n in (1, 2, 3):
        t = pd.read_csv(f"{P}/febrl/dataset{n}.csv", skipinitialspace=True, dtype=str)
        truth = pairs_of(t.rec_id.str.split("-").str[1]); t = t.drop(columns="rec_id")
        yield f"febrl{n}", "people", t, truth, None
    t = pd.read_csv(f"{P}/splink/fake_1000.csv", dtype=str)
    truth = pairs_of(t.cluster); yield "fake_1000", "fake", t.drop(columns=["cluster", "unique_id"]), truth, None
    t = pd.read_csv(f"{Q}/restaurants/restaurant-nophone-training.csv", skipinitialspace=True, dtype=str)
    truth = pairs_of(t.unique_id); yield "restaurants", "places", t.drop(columns="unique_id"), truth, None
    a = pd.read_csv(f"{Q}/abt_buy/abt.csv", sep="|", dtype=str, quoting=3); b = pd.read_csv(f"{Q}/abt_buy/buy.csv", sep="|", dtype=str, quoting=3)
    g = pd.read_csv(f"{Q}/abt_buy/gt.csv", sep="|", dtype=str)
    ia, ib = {k: n for n, k in enumerate(a.id)}, {k: n + len(a) for n, k in enumerate(b.id)}
    truth = {(ia[x], ib[y]) for x, y in zip(g.D1, g.D2)}
    yield "abt_buy", "products", pd.concat([a, b], ignore_index=True).drop(columns="id"), truth, len(a)

def tell(tool, name, scored, truth, least, seconds, found=None):
    if found is None: found = {p for p, s in scored if s >= least}
    r = len(found & truth); p = r / max(len(found), 1); q = r / len(truth)
    hit, best = 0, (0, 0)
    for n, (pair, s) in enumerate(sorted(scored, key=lambda x: -x[1]), 1):
        hit += pair in truth
        f = 2 * hit / (n + len(truth))
        if f > best[0]: best = (f, s)
    f = 2 * p * q / max(p + q, 1e-9)
    print(f"{tool:16} {name:12} precision {p:.4f} recall {q:.4f} F1 {f:.4f} | best threshold F1 {best[0]:.4f} at {best[1]:.3f} | {seconds:.1f} s", flush=True)

def splink(name, shape, t, truth, second):
    import splink.comparison_library as cl
    import splink.comparison_level_library as cll
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    began = time.time(); t = t.copy(); t.insert(0, "unique_id", range(len(t)))
    t = t.where(t.notna(), None)
    if shape == "people":  # docs: febrl4 / febrl3 examples
        rules = [block_on("soc_sec_id"), block_on("given_name"), block_on("surname"), block_on("date_of_birth"), block_on("postcode")]
        comparisons = [cl.NameComparison("given_name"), cl.NameComparison("surname"),
            cl.LevenshteinAtThresholds("date_of_birth", [1, 2]), cl.LevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("postcode", [1, 2])]
        deterministic = ["l.soc_sec_id = r.soc_sec_id", "l.given_name = r.given_name and l.surname = r.surname and l.date_of_birth = r.date_of_birth"]
        training = [block_on("date_of_birth"), block_on("postcode"), block_on("given_name")]; recall = 0.9
    elif shape == "fake":  # docs: accuracy analysis from labels column
        rules = [block_on("first_name"), block_on("surname"), block_on("dob"), block_on("email")]
        comparisons = [cl.ForenameSurnameComparison("first_name", "surname"), cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True), cl.EmailComparison("email")]
        deterministic = ["l.first_name = r.first_name and levenshtein(r.dob, l.dob) <= 1", "l.surname = r.surname and levenshtein(r.dob, l.dob) <= 1",
            "l.first_name = r.first_name and levenshtein(r.surname, l.surname) <= 2", "l.email = r.email"]
        training = [block_on("dob"), block_on("email"), block_on("first_name", "surname")]; recall = 0.7
    elif shape == "places":
        rules = [block_on("name"), block_on("address"), block_on("city"), block_on("substr(name,1,4)"), block_on("substr(address,1,6)")]
        comparisons = [cl.JaroWinklerAtThresholds("name", [0.9, 0.8]), cl.JaroWinklerAtThresholds("address", [0.9, 0.8]),
            cl.LevenshteinAtThresholds("city", [2]), cl.ExactMatch("cuisine").configure(term_frequency_adjustments=True)]
        deterministic = ["l.name = r.name", "l.address = r.address"]; training = [block_on("address"), block_on("name")]; recall = 0.7
    else:
        t["source"] = ["a" if n < second else "b" for n in range(len(t))]
        rules = [block_on("split_part(name,' ',1)")]
        comparisons = [cl.JaccardAtThresholds("name", [0.9, 0.7, 0.5]), cl.JaroWinklerAtThresholds("name", [0.9, 0.8]), cl.JaccardAtThresholds("description", [0.9, 0.7, 0.5]), cl.ExactMatch("price")]
        comparisons = [comparisons[1], comparisons[2], comparisons[3]]
        deterministic = ["l.name = r.name"]; training = [block_on("split_part(name,' ',1)", "price"), block_on("substr(name,1,8)")]; recall = 0.1
    kind = "dedupe_only" if second is None else "link_only"
    settings = SettingsCreator(link_type=kind, blocking_rules_to_generate_predictions=rules, comparisons=comparisons)
    api = DuckDBAPI()
    if second is None: inputs = api.register(t)
    else: inputs = [api.register(t[:second].drop(columns="source")), api.register(t[second:].drop(columns="source"))]
    linker = Linker(inputs, settings)
    linker.training.estimate_probability_two_random_records_match(deterministic, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=5)
    for rule in training: linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predicted = linker.inference.predict(threshold_match_probability=0.001)
    d = predicted.as_pandas_dataframe()
    scored = [((min(a, b), max(a, b)), s) for a, b, s in zip(d.unique_id_l, d.unique_id_r, d.match_probability)]
    tell("splink", name, scored, truth, 0.5, time.time() - began)
    if second is None:
        c = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=0.95).as_pandas_dataframe()
        groups = c.groupby("cluster_id").unique_id.apply(sorted)
        tell("splink clusters", name, scored, truth, 0.5, time.time() - began, {p for g in groups for p in itertools.combinations(g, 2)})

def toolkit(name, shape, t, truth, second):
    import recordlinkage as rl
    began = time.time(); index, compare = rl.Index(), rl.Compare()
    if shape == "people":  # docs: deduplication of febrl data
        index.block("given_name"); index.block("surname"); index.block("date_of_birth"); index.block("soc_sec_id"); index.block("postcode")
        for c in ("given_name", "surname"): compare.string(c, c, method="jarowinkler", threshold=0.85)
        for c in ("date_of_birth", "suburb", "state", "soc_sec_id", "postcode"): compare.exact(c, c)
        compare.string("address_1", "address_1", threshold=0.85)
    elif shape == "fake":
        for c in ("first_name", "surname", "dob", "email"): index.block(c)
        for c in ("first_name", "surname"): compare.string(c, c, method="jarowinkler", threshold=0.85)
        for c in ("dob", "city"): compare.exact(c, c)
        compare.string("email", "email", threshold=0.85)
    elif shape == "places":
        t = t.copy(); t["n4"] = t.name.str[:4]; t["a6"] = t.address.str[:6]
        for c in ("name", "address", "city", "n4", "a6"): index.block(c)
        for c in ("name", "address"): compare.string(c, c, method="jarowinkler", threshold=0.85)
        compare.string("city", "city", threshold=0.85); compare.exact("cuisine", "cuisine")
    else:
        t = t.copy(); t["first"] = t.name.str.split(" ").str[0]; index.block("first")
        compare.string("name", "name", method="jarowinkler", threshold=0.85); compare.string("description", "description", method="qgram", threshold=0.5); compare.exact("price", "price")
    if second is None: c = index.index(t); f = compare.compute(c, t)
    else: a, b = t[:second], t[second:]; c = index.index(a, b); f = compare.compute(c, a, b)
    em = rl.ECMClassifier()
    found = em.fit_predict(f); prob = em.prob(f)
    scored = [((min(i), max(i)), s) for i, s in zip(prob.index, prob.values)]
    tell("recordlinkage", name, scored, truth, 0.5, time.time() - began, {(min(i), max(i)) for i in found})

for case in load():
    for tool in (splink, toolkit):
        try: tool(*case)
        except Exception as e: print(tool.__name__, case[0], "failed:", type(e).__name__, str(e)[:300], flush=True)
