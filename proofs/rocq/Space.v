(* An abstract real inner-product space, and what the derivations of the pages need of it, of the
   reals and of logic. Nothing is assumed here: Rocq's own reals and classical logic do. *)
From Coq Require Export Reals Lra Lia Arith Classical FunctionalExtensionality.
Global Open Scope R_scope.

Class Space := {
  V : Type;
  vzero : V;
  vadd : V -> V -> V;
  vscale : R -> V -> V;
  inner : V -> V -> R;
  vadd_comm : forall u v, vadd u v = vadd v u;
  vadd_assoc : forall u v w, vadd (vadd u v) w = vadd u (vadd v w);
  vadd_zero : forall v, vadd v vzero = v;
  vadd_opposite : forall v, vadd v (vscale (-1) v) = vzero;
  vscale_one : forall v, vscale 1 v = v;
  vscale_assoc : forall a b v, vscale a (vscale b v) = vscale (a * b) v;
  vscale_add_l : forall a b v, vscale (a + b) v = vadd (vscale a v) (vscale b v);
  vscale_add_r : forall a u v, vscale a (vadd u v) = vadd (vscale a u) (vscale a v);
  inner_sym : forall u v, inner u v = inner v u;
  inner_add_l : forall u v w, inner (vadd u v) w = inner u w + inner v w;
  inner_scale_l : forall a u v, inner (vscale a u) v = a * inner u v;
  inner_pos : forall v, 0 <= inner v v;
  inner_def : forall v, inner v v = 0 -> v = vzero
}.
(* Orthonormal vectors: a theorem that speaks of e2 holds where the space has two of them. *)
Class Frame1 {E : Space} := { e1 : V; e11 : inner e1 e1 = 1 }.
Class Frame2 {E : Space} {F1 : Frame1} :=
  { e2 : V; e22 : inner e2 e2 = 1; e12 : inner e1 e2 = 0 }.
Class Frame3 {E : Space} {F1 : Frame1} {F2 : Frame2} :=
  { e3 : V; e33 : inner e3 e3 = 1; e13 : inner e1 e3 = 0; e23 : inner e2 e3 = 0 }.

Lemma ap {A B : Type} {f g : A -> B} {x y : A} : f = g -> x = y -> f x = g y.
Proof. congruence. Qed.

(* Logic. *)
Lemma not_not (A : Prop) : ~ ~ A <-> A.
Proof. split; [apply NNPP | tauto]. Qed.
Lemma iff_not {A A' : Prop} : (~ A <-> A') -> (A <-> ~ A').
Proof. destruct (classic A); tauto. Qed.
Lemma iff_and {A A' B B' : Prop} : (A <-> A') -> (B <-> B') -> (A /\ B <-> A' /\ B').
Proof. tauto. Qed.
Lemma iff_or {A A' B B' : Prop} : (A <-> A') -> (B <-> B') -> (A \/ B <-> A' \/ B').
Proof. tauto. Qed.
Lemma iff_implies {A A' B B' : Prop} : (~ A <-> A') -> (B <-> B') -> ((A -> B) <-> A' \/ B').
Proof. destruct (classic A); tauto. Qed.
Lemma not_and {A A' B B' : Prop} : (~ A <-> A') -> (~ B <-> B') -> (~ (A /\ B) <-> A' \/ B').
Proof. destruct (classic A); tauto. Qed.
Lemma not_or {A A' B B' : Prop} : (~ A <-> A') -> (~ B <-> B') -> (~ (A \/ B) <-> A' /\ B').
Proof. tauto. Qed.
Lemma not_implies {A A' B B' : Prop} : (A <-> A') -> (~ B <-> B') -> (~ (A -> B) <-> A' /\ B').
Proof. destruct (classic A); tauto. Qed.
Lemma iff_all {T : Type} {P Q : T -> Prop} :
  (forall x, P x <-> Q x) -> ((forall x, P x) <-> (forall x, Q x)).
Proof. intro H. split; intros K x; apply H, K. Qed.
Lemma iff_ex {T : Type} {P Q : T -> Prop} :
  (forall x, P x <-> Q x) -> ((exists x, P x) <-> (exists x, Q x)).
Proof. intro H. split; intros [x K]; exists x; apply H, K. Qed.
Lemma not_all {T : Type} {P Q : T -> Prop} :
  (forall x, ~ P x <-> Q x) -> (~ (forall x, P x) <-> (exists x, Q x)).
Proof.
  intro H. split.
  - intro K. apply not_all_ex_not in K. destruct K as [x K]. exists x. apply H, K.
  - intros [x K] L. apply H in K. exact (K (L x)).
Qed.
Lemma not_ex {T : Type} {P Q : T -> Prop} :
  (forall x, ~ P x <-> Q x) -> (~ (exists x, P x) <-> (forall x, Q x)).
Proof.
  intro H. split.
  - intros K x. apply H. intro L. apply K. exists x. exact L.
  - intros K [x L]. apply (proj2 (H x) (K x)), L.
Qed.
Lemma or_left {A B : Prop} : A \/ B -> (B -> False) -> A. Proof. tauto. Qed.
Lemma or_right {A B : Prop} : A \/ B -> (A -> False) -> B. Proof. tauto. Qed.
Lemma or_none {A B : Prop} : (A -> False) -> (B -> False) -> A \/ B -> False. Proof. tauto. Qed.

(* Relations: L rho R where L - R = c Q. *)
Section Relations.
Variables (c L R Q : R).
Hypothesis E : L - R = c * Q.
Lemma rel_up (c_pos : 0 < c) : (L < R <-> Q < 0) /\ (L <= R <-> Q <= 0) /\ (L > R <-> Q > 0) /\
  (L >= R <-> Q >= 0) /\ (L = R <-> Q = 0) /\ (L <> R <-> Q <> 0).
Proof.
  assert (I : Q = (L - R) * / c) by (rewrite E; field; lra).
  assert (J : 0 < / c) by (apply Rinv_0_lt_compat, c_pos).
  repeat split; intros; try nra; intro Z; apply H; nra.
Qed.
End Relations.
Lemma rel_down c L R Q (E : L - R = c * Q) (c_neg : c < 0) :
  (L < R <-> Q > 0) /\ (L <= R <-> Q >= 0) /\ (L > R <-> Q < 0) /\
  (L >= R <-> Q <= 0) /\ (L = R <-> Q = 0) /\ (L <> R <-> Q <> 0).
Proof.
  destruct (rel_up (- c) R L Q) as (A & B & C & D & F & G); [lra | lra |].
  repeat split; intros; try (apply Rgt_lt); try (apply Rlt_gt);
  try (apply Rge_le); try (apply Rle_ge);
  first [apply A | apply B | apply C | apply D | apply eq_sym, F | idtac]; try lra;
  intro Z; apply H; lra.
Qed.
Lemma not_lt a b : ~ a < b <-> a >= b. Proof. split; [lra | intros H K; lra]. Qed.
Lemma not_le a b : ~ a <= b <-> a > b. Proof. split; [lra | intros H K; lra]. Qed.
Lemma not_gt a b : ~ a > b <-> a <= b. Proof. split; [lra | intros H K; lra]. Qed.
Lemma not_ge a b : ~ a >= b <-> a < b. Proof. split; [lra | intros H K; lra]. Qed.
Lemma not_eq {T : Type} (a b : T) : ~ a = b <-> a <> b. Proof. tauto. Qed.
Lemma not_ne {T : Type} (a b : T) : ~ a <> b <-> a = b. Proof. split; [apply NNPP | tauto]. Qed.

Lemma same {A : Type} (rho : A -> A -> Prop) {a b a' b' : A} :
  a = a' -> b = b' -> (rho a b <-> rho a' b').
Proof. intros -> ->. tauto. Qed.
Ltac decided := split; intros;
  first [exact I | lra | (intro; lra) | contradiction | exfalso; lra
  | match goal with H : _ <> _ |- _ => exfalso; apply H; lra end].
Ltac vdecided := split; intros;
  first [exact I | assumption | contradiction | tauto].
Lemma trivial_all_true {T : Type} : inhabited T -> ((forall _ : T, True) <-> True).
Proof. tauto. Qed.
Lemma trivial_all_false {T : Type} : inhabited T -> ((forall _ : T, False) <-> False).
Proof. intros [x]. split; [intro H; exact (H x) | tauto]. Qed.
Lemma trivial_ex_true {T : Type} : inhabited T -> ((exists _ : T, True) <-> True).
Proof. intros [x]. split; [tauto | intros _; exists x; exact I]. Qed.
Lemma trivial_ex_false {T : Type} : inhabited T -> ((exists _ : T, False) <-> False).
Proof. intros _. split; [intros [_ H]; exact H | tauto]. Qed.

(* Numbers. *)
Lemma positive a b : (0 <? a)%Z = true -> (0 <? b)%Z = true -> 0 < IZR a / IZR b.
Proof. intros A B. apply Z.ltb_lt in A, B. apply Rdiv_lt_0_compat; apply IZR_lt; assumption. Qed.
Lemma negative a b : (a <? 0)%Z = true -> (0 <? b)%Z = true -> IZR a / IZR b < 0.
Proof.
  intros A B. apply Z.ltb_lt, IZR_lt in A. apply Z.ltb_lt, IZR_lt, Rinv_0_lt_compat in B.
  unfold Rdiv. nra.
Qed.
Lemma inr_literal n : INR n = IZR (Z.of_nat n). Proof. apply INR_IZR_INZ. Qed.
Lemma inr_add {a b x y} : INR a = x -> INR b = y -> INR (a + b) = x + y.
Proof. intros <- <-. apply plus_INR. Qed.
Lemma inr_multiply {a b x y} : INR a = x -> INR b = y -> INR (a * b) = x * y.
Proof. intros <- <-. apply mult_INR. Qed.
Lemma inr_power {a x} n : INR a = x -> INR (a ^ n) = x ^ n.
Proof. intros <-. apply pow_INR. Qed.
Lemma inr_nonnegative n : INR n >= 0. Proof. apply Rle_ge, pos_INR. Qed.
Lemma nat_induction (P : nat -> Prop) : P 0%nat -> (forall n, P n -> P (n + 1)%nat) ->
  forall n, P n.
Proof. intros A B n. induction n; [exact A | rewrite <- Nat.add_1_r; apply B, IHn]. Qed.
Lemma nat_rect_next {T : Type} (first : T) next k : nat_rect (fun _ => T) first next (k + 1)%nat =
  next k (nat_rect (fun _ => T) first next k).
Proof. rewrite Nat.add_1_r. reflexivity. Qed.
Lemma archimedean x : exists n, x <= INR n.
Proof.
  exists (Z.to_nat (up x)). rewrite INR_IZR_INZ. destruct (archimed x) as [H _].
  apply Rle_trans with (IZR (up x)); [lra | apply IZR_le; lia].
Qed.
Lemma inverse_fact x : x <> 0 -> x * (1 * / x) = 1. Proof. intro. field. assumption. Qed.
Lemma over {a b c d} : a = c -> 1 * / b = d -> a * / b = c * d.
Proof. intros -> <-. ring. Qed.
Lemma sqrt_fact x : x >= 0 -> sqrt x >= 0 /\ sqrt x * sqrt x = x.
Proof. intro H. split; [apply Rle_ge, sqrt_pos | apply sqrt_sqrt; lra]. Qed.
Lemma sqrt_number x c : x = c * c -> 0 <= c -> sqrt x = c.
Proof. intros -> H. apply sqrt_square, H. Qed.
Lemma abs_above x : Rabs x >= x. Proof. apply Rle_ge, Rle_abs. Qed.
Lemma abs_below x : Rabs x >= -1 * x.
Proof. rewrite <- Rabs_Ropp. replace (-1 * x) with (- x) by ring. apply Rle_ge, Rle_abs. Qed.
Lemma abs_either x : Rabs x = x \/ Rabs x = -1 * x.
Proof. unfold Rabs. destruct (Rcase_abs x); [right; ring | left; ring]. Qed.
Lemma abs_square x : Rabs x * Rabs x = x * x.
Proof. destruct (abs_either x) as [H | H]; rewrite H; ring. Qed.
Lemma abs_opposite x y : -1 * x = y -> Rabs x = Rabs y.
Proof. intros <-. replace (-1 * x) with (- x) by ring. symmetry. apply Rabs_Ropp. Qed.
Lemma abs_number x c : x * x = c * c -> 0 <= c -> Rabs x = c.
Proof.
  intros H C. assert (K := abs_square x). assert (L := Rabs_pos x). nra.
Qed.
Lemma max_l a b : Rmax a b >= a. Proof. apply Rle_ge, Rmax_l. Qed.
Lemma max_r {a b c} : b >= c -> Rmax a b >= c. Proof. generalize (Rmax_r a b). lra. Qed.
Lemma max_either {a b} {P : Prop} : (Rmax a b = b -> P) -> Rmax a b = a \/ P.
Proof. unfold Rmax. destruct (Rle_dec a b); tauto. Qed.
Lemma min_l a b : Rmin a b <= a. Proof. apply Rmin_l. Qed.
Lemma min_r {a b c} : b <= c -> Rmin a b <= c. Proof. generalize (Rmin_r a b). lra. Qed.
Lemma min_either {a b} {P : Prop} : (Rmin a b = b -> P) -> Rmin a b = a \/ P.
Proof. unfold Rmin. destruct (Rle_dec a b); tauto. Qed.

(* What a certificate is made of. *)
Lemma gt_ge {p} : p > 0 -> p >= 0. Proof. lra. Qed.
Lemma gt_ne {p} : p > 0 -> p <> 0. Proof. lra. Qed.
Lemma lt_le {p} : p < 0 -> p <= 0. Proof. lra. Qed.
Lemma lt_ne {p} : p < 0 -> p <> 0. Proof. lra. Qed.
Lemma eq_le {p} : p = 0 -> p <= 0. Proof. lra. Qed.
Lemma eq_ge {p} : p = 0 -> p >= 0. Proof. lra. Qed.
Lemma no_gt {p} : p > 0 -> p <= 0 -> False. Proof. lra. Qed.
Lemma no_lt {p} : p < 0 -> p >= 0 -> False. Proof. lra. Qed.
Lemma no_eq {p} : p = 0 -> p <> 0 -> False. Proof. tauto. Qed.
Lemma no_prop {A : Prop} : A -> ~ A -> False. Proof. tauto. Qed.
Lemma case_gt p : p > 0 \/ p <= 0. Proof. destruct (Rlt_le_dec 0 p); tauto. Qed.
Lemma case_lt p : p < 0 \/ p >= 0. Proof. destruct (Rlt_le_dec p 0); [tauto | right; lra]. Qed.
Lemma case_eq p : p = 0 \/ p <> 0. Proof. destruct (Req_EM_T p 0); tauto. Qed.
Lemma neg_gt {p} : p < 0 -> 0 < -1 * p. Proof. lra. Qed.
Lemma neg_ge {p} : p <= 0 -> 0 <= -1 * p. Proof. lra. Qed.
Lemma ne_square {p} : p <> 0 -> 0 < p * p. Proof. apply Rsqr_pos_lt. Qed.
Lemma square_ge p : 0 <= p * p. Proof. nra. Qed.
Lemma mul_gt {p q} : 0 < p -> 0 < q -> 0 < p * q. Proof. apply Rmult_lt_0_compat. Qed.
Lemma mul_ge {p q} : 0 <= p -> 0 <= q -> 0 <= p * q. Proof. apply Rmult_le_pos. Qed.
Lemma weak {p} : 0 < p -> 0 <= p. Proof. lra. Qed.
Lemma times_eq {q} p : q = 0 -> p * q = 0. Proof. intros ->. ring. Qed.
Lemma sum_gt {p q} : 0 < p -> 0 <= q -> 0 < p + q. Proof. lra. Qed.
Lemma sum_ge_gt {p q} : 0 <= p -> 0 < q -> 0 < p + q. Proof. lra. Qed.
Lemma sum_ge {p q} : 0 <= p -> 0 <= q -> 0 <= p + q. Proof. lra. Qed.
Lemma zero_ge {p} : p = 0 -> 0 <= p. Proof. lra. Qed.
Lemma closed {s} : 0 < s -> s = 0 -> False. Proof. lra. Qed.
Ltac vanishes := first [lra | field].

(* Vectors. *)
Section Vectors.
Context {E : Space}.
Lemma inner_add_r u v w : inner u (vadd v w) = inner u v + inner u w.
Proof. rewrite inner_sym, inner_add_l, (inner_sym v), (inner_sym w). reflexivity. Qed.
Lemma inner_scale_r a u v : inner u (vscale a v) = a * inner u v.
Proof. rewrite inner_sym, inner_scale_l, (inner_sym v). reflexivity. Qed.
Lemma vscale_zero v : vscale 0 v = vzero.
Proof. apply inner_def. rewrite inner_scale_l. ring. Qed.
Lemma inner_zero_l v : inner vzero v = 0.
Proof. rewrite <- (vscale_zero vzero), inner_scale_l. ring. Qed.
Lemma inner_zero_r v : inner v vzero = 0.
Proof. rewrite inner_sym. apply inner_zero_l. Qed.
Lemma vector_ext u v : (forall w, inner u w = inner v w) -> u = v.
Proof.
  intro H. assert (D : vadd u (vscale (-1) v) = vzero).
  { apply inner_def. rewrite inner_add_l, inner_scale_l, H. ring. }
  assert (K : vadd (vadd u (vscale (-1) v)) v = v) by (rewrite D, vadd_comm; apply vadd_zero).
  rewrite vadd_assoc, (vadd_comm (vscale (-1) v)), vadd_opposite, vadd_zero in K. exact K.
Qed.
Lemma difference u v d : vadd u (vscale (-1) v) = d -> (u = v <-> d = vzero).
Proof.
  intros <-. split.
  - intros ->. apply vadd_opposite.
  - intro H. apply vector_ext. intro w. assert (K := f_equal (fun z => inner z w) H). simpl in K.
    rewrite inner_add_l, inner_scale_l, inner_zero_l in K. lra.
Qed.
Lemma difference_flipped u v d : vadd v (vscale (-1) u) = d -> (u = v <-> d = vzero).
Proof. intro H. rewrite <- (difference v u d H). split; apply eq_sym. Qed.
Lemma difference_square u v : u = v <-> inner (vadd u (vscale (-1) v)) (vadd u (vscale (-1) v)) = 0.
Proof.
  split; intro H.
  - rewrite H, vadd_opposite. apply inner_zero_l.
  - apply (proj2 (difference u v _ eq_refl)), inner_def, H.
Qed.
Lemma iff_ne {T S : Type} {a b : T} {c d : S} : (a = b <-> c = d) -> (a <> b <-> c <> d).
Proof. tauto. Qed.
Definition norm v := sqrt (inner v v).
Lemma norm_nonnegative v : norm v >= 0. Proof. apply Rle_ge, sqrt_pos. Qed.
Lemma norm_square v : norm v * norm v = inner v v.
Proof. apply sqrt_sqrt, inner_pos. Qed.
Lemma norm_number v c : inner v v = c * c -> 0 <= c -> norm v = c.
Proof. unfold norm. intros -> H. apply sqrt_square, H. Qed.
Lemma norm_opposite v w : vscale (-1) v = w -> norm v = norm w.
Proof.
  intros <-. unfold norm. rewrite inner_scale_l, inner_scale_r. f_equal. ring.
Qed.
Lemma inner_nonnegative v : inner v v >= 0. Proof. apply Rle_ge, inner_pos. Qed.
End Vectors.
Ltac expand := repeat rewrite ?inner_add_l, ?inner_add_r, ?inner_scale_l, ?inner_scale_r,
  ?inner_zero_l, ?inner_zero_r.
