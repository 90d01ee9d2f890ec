"""A referral and its parts: statements, factors, questions to agencies, offers, decisions, and who was told."""

from backend.referrals.models.asking import InformationRequest, Offer
from backend.referrals.models.referral import Referral
from backend.referrals.models.said import Decision, ReferralFactor, Statement, Told

__all__ = ["Decision", "InformationRequest", "Offer", "Referral", "ReferralFactor", "Statement", "Told"]
